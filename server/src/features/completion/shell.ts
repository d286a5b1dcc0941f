/** Subcommands, options and packages in the commands of RUN. */
import { commandLine, type CommandLine } from '../../reference/command-lines.ts';
import type { WordInfo } from '../../reference/words.ts';
import { commands, nameOf } from '../../shell/commands.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import type { Document } from '../../model/document.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import { plain, type Completion } from './item.ts';
import { packages } from './packages.ts';
import { atKeyword, type Place } from './place.ts';

/** A known program at a place, with its arguments. */
export interface KnownProgram {
  readonly line: CommandLine;
  /** The arguments after its name, which may be two words. */
  readonly args: readonly ShellWord[];
  readonly command: Command;
}

/** With `afterSpace`, which means that a space was typed, only what is certain to come next. */
export function shellWords(place: Place, afterSpace: boolean): readonly Completion[] {
  const { document, instruction, inComment, typed, word, offset } = place;
  if (/^["'][\w.+@/-]*$/.test(typed) && !afterSpace) return quotedPackages(place);
  if (!instruction || inComment || atKeyword(place) || /["'$`;&|<>()]/.test(typed)) return [];
  const known = programAt(document, instruction, offset);
  if (known === undefined) return [];
  const { line, args, command } = known;
  const packageItems = afterSpace ? [] : packages(place, command);
  if (typed.includes('=')) return packageItems;
  const before = args.filter(({ span }) => span.end < word.end && span.start < word.start);
  const hasSubcommand = line.subcommands === undefined || before.some(isSubcommand(line));
  const toItem = (kind: Completion['kind']) => (one: WordInfo) =>
    plain(one.name, word, { kind, detail: t(one.documentation) });
  if (!hasSubcommand && (before.length === 0 || !typed.startsWith('-'))) {
    const subcommands = (line.subcommands ?? []).map(toItem('command'));
    return typed.startsWith('-')
      ? [...subcommands, ...options(line, before).map(toItem('flag'))]
      : subcommands;
  }
  const offersOptions = typed.startsWith('-') || (typed === '' && !afterSpace);
  return [...packageItems, ...(offersOptions ? options(line, before).map(toItem('flag')) : [])];
}

/** Packages after an opening quote, as in `pip install "uvicorn[standard]"`. */
function quotedPackages(place: Place): readonly Completion[] {
  const { document, instruction, inComment, word, typed } = place;
  const known =
    instruction && !inComment ? programAt(document, instruction, place.word.start) : undefined;
  if (known === undefined) return [];
  const inner = { ...place, word: { ...word, start: word.start + 1 }, typed: typed.slice(1) };
  return packages(inner, known.command);
}

function isSubcommand({ subcommands }: CommandLine): (word: ShellWord) => boolean {
  return ({ text }) =>
    !text.startsWith('-') || subcommands?.some(({ name }) => name === text) === true;
}

function options({ options: all }: CommandLine, before: readonly ShellWord[]): readonly WordInfo[] {
  const used = new Set(before.map(({ text }) => text));
  return all.filter(({ name }) => !used.has(name));
}

/** Whitespace, escaped line breaks, and comments after them. */
const gapPattern = /^(?:[ \t]|[\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*)*$/;

/** The program whose arguments contain a place, or end right before it. */
export function programAt(
  { model, text }: Document,
  instruction: Instruction,
  offset: number,
): KnownProgram | undefined {
  const script = model.script(instruction);
  if (script === undefined) return undefined;
  const found = commands(script).findLast(
    ({ command: { name, span } }) =>
      name !== undefined &&
      name.span.end < offset &&
      (offset <= span.end || gapPattern.test(text.slice(span.end, offset))),
  );
  return found && knownProgram(found.command, offset);
}

/** `uv pip install` belongs to `uv pip`. */
function knownProgram(command: Command, offset: number): KnownProgram | undefined {
  const name = nameOf(command) ?? '';
  const [first, ...rest] = command.args;
  const nested =
    first && first.span.end < offset ? commandLine(`${name} ${first.text}`) : undefined;
  if (nested) return { line: nested, args: rest, command };
  const line = commandLine(name);
  return line && { line, args: command.args, command };
}
