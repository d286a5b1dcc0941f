/** The reference as people read it: two sentences, the forms above them. */
import type { FlagInfo, InstructionInfo, MountOption } from '../reference/instructions.ts';
import { t } from '../text/translated.ts';

const manual = 'https://docs.docker.com/reference/dockerfile/';

/** The forms of an instruction and what it does. */
export function instructionMarkdown(info: InstructionInfo): string {
  const [first = ''] = t(info.documentation).split('\n\n');
  return [
    fenced(info.forms.map(({ label }) => label).join('\n')),
    first,
    `[${t('Reference')}](${manual}#${info.keyword.toLowerCase()})`,
  ].join('\n\n');
}

export function flagMarkdown(flag: FlagInfo): string {
  return `${fenced(`--${flag.name}=${flag.placeholder}`)}\n\n${t(flag.documentation)}`;
}

export function mountOptionMarkdown(option: MountOption): string {
  const names = [option.name, ...option.aliases].map((name) => `\`${name}\``).join(', ');
  return `${names}: ${t(option.documentation)}`;
}

/** A text as Dockerfile in Markdown. */
export function fenced(text: string): string {
  return `\`\`\`dockerfile\n${text}\n\`\`\``;
}

/** A text as code in a line of Markdown, whatever back-ticks it holds. */
export function code(text: string): string {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const line = shown.replace(/\s*[\r\n]+\s*/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
