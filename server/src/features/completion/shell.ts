/** Subcommands, options and packages in the commands of RUN. */
import { commandLine, type CommandLine } from '../../reference/command-lines.ts';
import type { WordInfo } from '../../reference/words.ts';
import { commands, nameOf } from '../../shell/commands.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import type { Document } from '../../model/document.ts';
import { assignedBefore } from '../../model/script-variables.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import { plain, type Completion } from './item.ts';
import { packages } from './packages.ts';
import { atKeyword, type Place } from './place.ts';
import { ownerPairs, owners } from './words.ts';

/** A known program at a place, with its arguments. */
export interface KnownProgram {
  readonly line: CommandLine;
  /** The arguments after its name, which may be two words. */
  readonly args: readonly ShellWord[];
  readonly command: Command;
  /** The subcommand with usual arguments of its own, and what follows it. */
  readonly usual?: { readonly line: CommandLine; readonly args: readonly ShellWord[] };
}

/** With `afterSpace`, which means that a space was typed, only what is certain to come next. */
export function shellWords(place: Place, afterSpace: boolean): readonly Completion[] {
  const { document, instruction, inComment, typed, word, offset } = place;
  if (/^["'][\w.+@/-]*$/.test(typed) && !afterSpace) return quotedPackages(place);
  if (!instruction || inComment || atKeyword(place) || /["'$`;&|<>()]/.test(typed)) return [];
  const known = programAt(document, instruction, offset);
  if (known === undefined) return [];
  const { line, args, command } = known;
  if (isOwnerOf(command, place)) return ownersOf(place);
  const packageItems = afterSpace ? [] : packages(place, command);
  if (typed.includes('=')) return packageItems;
  const before = args.filter(({ span }) => span.end < word.end && span.start < word.start);
  const hasSubcommand = line.subcommands === undefined || before.some(isSubcommand(line));
  const toItem = (kind: Completion['kind']) => (one: WordInfo) =>
    plain(one.name, word, {
      kind,
      detail: t(one.documentation),
    });
  if (!hasSubcommand && (before.length === 0 || !typed.startsWith('-'))) {
    const subcommands = (line.subcommands ?? []).map(toItem('command'));
    return typed.startsWith('-')
      ? [...subcommands, ...options(line, before).map(toItem('flag'))]
      : subcommands;
  }
  const offersOptions =
    known.usual === undefined && (typed.startsWith('-') || (typed === '' && !afterSpace));
  return [
    ...packageItems,
    ...(afterSpace ? [] : usualWords(known, place)),
    ...(offersOptions ? options(line, before).map(toItem('flag')) : []),
  ];
}

/** Usual arguments that are not given yet; what the script assigns can be exported. */
function usualWords(
  known: KnownProgram,
  { document, instruction, word, typed }: Place,
): readonly Completion[] {
  const { line, args } = known.usual ?? known;
  const given = args.filter(({ span }) => span.end < word.start);
  const used = new Set(given.map(({ text }) => text));
  const assigned =
    nameOf(known.command) === 'export' && instruction
      ? assignedBefore(document.model, instruction, word.start).map(({ name }) => name)
      : [];
  const described = new Map(known.line.options.map((one) => [one.name, one.documentation]));
  return [...new Set([...assigned, ...(line.usual ?? [])])]
    .filter((one) => !used.has(one) && one.startsWith(typed))
    .map((one) => {
      const documentation = described.get(one);
      return plain(one, word, {
        kind: one.startsWith('-') ? 'flag' : 'value',
        ...(documentation !== undefined && { detail: t(documentation) }),
      });
    });
}

/** Whether the word at the cursor is the new owner of files: the first argument of `chown`. */
function isOwnerOf(command: Command, { typed, word }: Place): boolean {
  const given = command.args.filter(
    ({ text, span }) => span.end < word.start && !text.startsWith('-'),
  );
  return nameOf(command) === 'chown' && given.length === 0 && !typed.startsWith('-');
}

function ownersOf(place: Place): readonly Completion[] {
  const options = place.typed === '' ? [plain('-R', place.word, { kind: 'flag' })] : [];
  const { args = [] } = programAtCommand(place) ?? {};
  const isRecursive = args.some(({ text }) => /^-\w*R/.test(text));
  const pairs = [...ownerPairs(place, place.word), ...owners(place, place.word)];
  return isRecursive ? pairs : [...options, ...pairs];
}

function programAtCommand({ document, instruction, offset }: Place): KnownProgram | undefined {
  return instruction && programAt(document, instruction, offset);
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

/**
 * `uv pip install` belongs to `uv pip`. `git -C /src submodule update` is `git` with the usual arguments of
 * `git submodule update`.
 */
function knownProgram(command: Command, offset: number): KnownProgram | undefined {
  const name = nameOf(command) ?? '';
  const line = commandLine(name);
  let found: KnownProgram | undefined = line && { line, args: command.args, command };
  for (let i = 0, full = name; i < command.args.length; i++) {
    const word = command.args[i];
    if (word === undefined || word.span.end >= offset) break;
    const isOption = word.text.startsWith('-') && word.text !== '-m';
    if (isOption || /^-[cC]$/.test(command.args[i - 1]?.text ?? '')) continue;
    full += ` ${word.text}`;
    const nested = commandLine(full);
    if (nested === undefined) break;
    const args = command.args.slice(i + 1);
    found =
      found && nested.usual
        ? { ...found, usual: { line: nested, args } }
        : { line: nested, args, command };
  }
  return found;
}
