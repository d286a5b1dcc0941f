/** Subcommands and options of package managers and their kin, and what they install, in the commands of RUN. */
import { commandLine, type CommandLine, type Told } from '../../reference/command-lines.ts';
import { commands, nameOf } from '../../shell/commands.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import type { Document } from '../../model/document.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { t } from '../../text/translated.ts';
import { plain, type Completion } from './item.ts';
import { packages } from './packages.ts';
import { atKeyword, type Place } from './place.ts';

/** A known program at a place, and its words. */
export interface Known {
  readonly line: CommandLine;
  /** Behind its name, which may be two words. */
  readonly args: readonly ShellWord[];
  readonly command: Command;
}

/** `blank`: asked for because a blank was typed, and so only for what comes next for certain. */
export function shellWords(place: Place, blank: boolean): readonly Completion[] {
  const { document, instruction, inComment, typed, word, offset } = place;
  if (!instruction || inComment || atKeyword(place) || /["'$`;&|<>()]/.test(typed)) return [];
  const known = programAt(document, instruction, offset);
  if (known === undefined) return [];
  const { line, args, command } = known;
  const named = blank ? [] : packages(place, command);
  if (typed.includes('=')) return named;
  const before = args.filter(({ span }) => span.end < word.end && span.start < word.start);
  const hasSubcommand = line.subcommands === undefined || before.some(isSubcommand(line));
  const made = (kind: Completion['kind']) => (one: Told) =>
    plain(one.name, word, { kind, detail: t(one.documentation) });
  if (!hasSubcommand && (before.length === 0 || !typed.startsWith('-'))) {
    const subcommands = (line.subcommands ?? []).map(made('command'));
    return typed.startsWith('-')
      ? [...subcommands, ...options(line, before).map(made('flag'))]
      : subcommands;
  }
  const asked = typed.startsWith('-') || (typed === '' && !blank);
  return [...named, ...(asked ? options(line, before).map(made('flag')) : [])];
}

function isSubcommand({ subcommands }: CommandLine): (word: ShellWord) => boolean {
  return ({ text }) =>
    !text.startsWith('-') || subcommands?.some(({ name }) => name === text) === true;
}

function options({ options: all }: CommandLine, before: readonly ShellWord[]): readonly Told[] {
  const used = new Set(before.map(({ text }) => text));
  return all.filter(({ name }) => !used.has(name));
}

/** Blanks, line breaks that are escaped, and comments behind them. */
const gap = /^(?:[ \t]|[\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*)*$/;

/** The program whose words a place is among, or right behind. */
export function programAt(
  { model, text }: Document,
  instruction: Instruction,
  offset: number,
): Known | undefined {
  const script = model.script(instruction);
  if (script === undefined) return undefined;
  const found = commands(script).findLast(
    ({ command: { name, span } }) =>
      name !== undefined &&
      name.span.end < offset &&
      (offset <= span.end || gap.test(text.slice(span.end, offset))),
  );
  return found && knownOf(found.command, offset);
}

/** `uv pip install` is one of `uv pip`. */
function knownOf(command: Command, offset: number): Known | undefined {
  const name = nameOf(command) ?? '';
  const [first, ...rest] = command.args;
  const two = first && first.span.end < offset ? commandLine(`${name} ${first.text}`) : undefined;
  if (two) return { line: two, args: rest, command };
  const line = commandLine(name);
  return line && { line, args: command.args, command };
}
