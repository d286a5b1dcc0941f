/** The Dockerfile reference as Markdown, for hovers and completion. */
import type { FlagInfo, InstructionInfo, MountOption } from '../reference/instructions.ts';
import { t } from '../text/translation.ts';

const manual = 'https://docs.docker.com/reference/dockerfile/';

/** The forms of an instruction, its description and a link to the Dockerfile reference. */
export function instructionMarkdown(info: InstructionInfo): string {
  return [
    codeBlock(info.forms.map(({ label }) => label).join('\n')),
    t(info.documentation),
    `[${t('Dockerfile reference')}](${manual}#${info.keyword.toLowerCase()})`,
  ].join('\n\n');
}

export function flagMarkdown(flag: FlagInfo): string {
  return `${codeBlock(`--${flag.name}=${flag.placeholder}`)}\n\n${t(flag.documentation)}`;
}

export function mountOptionMarkdown(option: MountOption): string {
  const names = [option.name, ...option.aliases].map((name) => `\`${name}\``).join(', ');
  return `${names}: ${t(option.documentation)}`;
}

/** A code block with Dockerfile text. */
export function codeBlock(text: string): string {
  return `\`\`\`dockerfile\n${text}\n\`\`\``;
}

/** A text as inline code in Markdown, even if it contains backticks or line breaks. */
export function code(text: string): string {
  const truncated = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const line = truncated.replace(/\s*[\r\n]+\s*/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
