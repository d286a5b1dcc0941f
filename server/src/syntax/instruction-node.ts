/**
 * The class of all instructions. Objects of every kind have the same shape, so that V8 reads their properties quickly.
 */
import { cacheEntries, type CacheEntry } from '../text/object-cache.ts';
import type { Span } from '../text/span.ts';
import type { CommandLine, Flag, Heredoc, Instruction, Kind, Pair, Start, Word } from './tree.ts';
import { nextBreak, trimEnd } from './lexer.ts';
import { writtenWord } from './words.ts';

/** Has the properties of every kind of instruction; those that a kind does not have are undefined. */
export class InstructionNode {
  readonly kind: Kind;
  span: Span;
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  heredocs: readonly Heredoc[];
  /** The words; undefined until something reads them, if they repeat other parts. */
  listed: readonly Word[] | undefined;
  readonly onbuild: true | undefined;
  image: Word | undefined;
  as: Word | undefined;
  name: Word | undefined;
  command: CommandLine | undefined;
  type: Word | undefined;
  sources: readonly Word[] | undefined;
  target: Word | undefined;
  json: boolean | undefined;
  pairs: readonly Pair[] | undefined;
  trigger: Instruction | undefined;
  args: readonly Word[] | undefined;
  /** Defined from the start, so that setting it does not change the shape. */
  [cacheEntries]: CacheEntry | undefined;

  constructor(kind: Kind, span: Span, keyword: Word, flags: readonly Flag[], onbuild: boolean) {
    this.kind = kind;
    this.span = span;
    this.keyword = keyword;
    this.flags = flags;
    this.heredocs = none;
    this.listed = undefined;
    this.onbuild = onbuild || undefined;
    this.image = undefined;
    this.as = undefined;
    this.name = undefined;
    this.command = undefined;
    this.type = undefined;
    this.sources = undefined;
    this.target = undefined;
    this.json = undefined;
    this.pairs = undefined;
    this.trigger = undefined;
    this.args = undefined;
    this[cacheEntries] = undefined;
  }
  get words(): readonly Word[] {
    return (this.listed ??= repeatedWords(this));
  }
}

/**
 * The words of an instruction in which they repeat its command, its pairs or its trigger. Few features read them, and they would be a
 * quarter of what is kept of such an instruction.
 */
function repeatedWords({ command, pairs, trigger }: InstructionNode): readonly Word[] {
  if (trigger) return [trigger.keyword, ...trigger.words];
  if (pairs === undefined) return commandWords(command);
  const [first] = pairs;
  if (first?.legacy === true) return first.value ? [first.key, first.value] : [first.key];
  return pairs.map(({ span, key, value }) =>
    writtenWord(span, value ? `${key.raw}=${value.raw}` : key.raw),
  );
}

/** The words of an array; a script that is not continued is one word, without the bodies of heredocs. */
export function commandWords(command: CommandLine | undefined): readonly Word[] {
  if (command === undefined) return none;
  if (command.form === 'exec') return command.argv;
  const { text } = command.script;
  const length = trimEnd(text, 0, nextBreak(text, 0));
  if (length === text.length) return [writtenWord(command.span, text)];
  const { start } = command.span;
  return [writtenWord({ start, end: start + length }, text.slice(0, length))];
}

const none: readonly never[] = [];

/**
 * The command line of RUN, CMD, ENTRYPOINT, SHELL and HEALTHCHECK; undefined for other instructions and if it is
 * missing.
 */
export function commandLineOf(instruction: Instruction): CommandLine | undefined {
  return (instruction as Partial<Start>).command;
}
