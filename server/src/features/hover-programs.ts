/** Hovers for the programs of scripts: what they do, and arguments that stand for several things at once. */
import type { Document } from '../model/document.ts';
import { programNote, tarLetters } from '../reference/program-notes.ts';
import { commands } from '../shell/commands.ts';
import { programName } from '../shell/dialect.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { tarLike } from '../programs/tar.ts';
import type { Instruction } from '../syntax/tree.ts';
import { contains } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { code } from './documentation.ts';
import type { Hover } from './hover-answer.ts';
import { permissions } from './permissions.ts';

/** The name of a usual program, the letters of `tar xzf`, or the permissions of `chmod 755`. */
export function programHover(
  { model }: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const script = model.script(instruction);
  if (script === undefined || script.dialect === 'powershell' || script.dialect === 'cmd')
    return undefined;
  const command = commands(script).findLast(({ command: one }) => contains(one.span, offset))?.command; // prettier-ignore
  if (command?.name === undefined) return undefined;
  const name = programName(command.name.text);
  if (contains(command.name.span, offset)) return nameHover(command.name, name);
  if (tarLike.some((one) => one === name)) return tarHover(command, offset);
  return name === 'chmod' ? modeHover(command, offset) : undefined;
}

function nameHover({ span, literal }: ShellWord, name: string): Hover | undefined {
  const note = literal || name === '[' ? programNote(name) : undefined;
  return note && { span, markdown: `${code(note.name)}: ${t(note.documentation)}` };
}

/** One line for each letter, if all of them are known. */
function tarHover({ args }: Command, offset: number): Hover | undefined {
  const word = args.find(({ span }) => contains(span, offset));
  if (word === undefined) return undefined;
  // Without a dash, only the first word is letters.
  const [, letters = ''] = /^-([a-zA-Z]+)$/.exec(word.text) ?? [];
  const [, first = ''] = (word === args[0] && /^([a-zA-Z]+)$/.exec(word.text)) || [];
  return lettersHover(word, letters || first);
}

function lettersHover(word: ShellWord, letters: string): Hover | undefined {
  const known = Array.from(letters).map((letter) => tarLetters.find(({ name }) => name === letter));
  const rows = known.flatMap((one) =>
    one ? [`- ${code(one.name)}: ${t(one.documentation)}`] : [],
  );
  if (rows.length === 0 || rows.length < known.length) return undefined;
  return { span: word.span, markdown: [code(`tar ${word.text}`), '', ...rows].join('\n') };
}

function modeHover({ args }: Command, offset: number): Hover | undefined {
  const mode = args.find(({ text }) => !text.startsWith('-'));
  if (mode === undefined || !contains(mode.span, offset)) return undefined;
  const shown = permissions(mode.text);
  return shown === undefined ? undefined : { span: mode.span, markdown: code(shown) };
}
