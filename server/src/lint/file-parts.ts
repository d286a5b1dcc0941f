/**
 * What a file contains that many rules look for, found in one pass over it. Most rules find nothing in most files; a rule
 * that is called although the file has nothing for it costs more than the whole pass, since its code and data are seldom
 * in the caches of the processor.
 */
import { mayStartService } from '../images/root-images.ts';
import type { Model, Stage } from '../model/model.ts';
import { hasPipe } from '../text/pipe-sign.ts';
import { platformArguments } from '../reference/variables.ts';
import type {
  Assign,
  CommandLine,
  Copy,
  From,
  Instruction,
  Run,
  Variable,
  Word,
} from '../syntax/tree.ts';

/** The parts, each with its bit. */
const bits = {
  /** An empty line inside a continued instruction. */
  emptyContinuation: 1 << 0,
  /** A keyword that is not in uppercase, `AS` included. */
  otherCase: 1 << 1,
  /** A name of a stage that is not made of lowercase words, or that is reserved; or a syntax error. */
  oddName: 1 << 2,
  /** More than one stage. */
  severalStages: 1 << 3,
  /** A variable in FROM that may not be declared before. */
  fromVariable: 1 << 4,
  /** A name in `--from` or `from=` that is not an earlier stage. */
  otherReference: 1 << 5,
  /** A base image that is not valid, or not known without build arguments; a base stage with an odd name; a FROM in ONBUILD. */
  unknownImage: 1 << 6,
  /** A base image without tag and digest. */
  untagged: 1 << 7,
  /** A base image with a tag that begins with a letter. */
  wordTag: 1 << 8,
  /** A base image with a tag that begins with a number without dots: `18`, `18-alpine`. */
  majorTag: 1 << 9,
  /** More than one CMD, ENTRYPOINT or HEALTHCHECK. */
  repeatedStart: 1 << 10,
  /** A CMD or ENTRYPOINT that is not an array. */
  shellStart: 1 << 11,
  /** An array with a character that is not common in words: a space, a quote or an operator of a shell. */
  specialExec: 1 << 12,
  /** A bracket at the start of arguments that are not an array. */
  bracket: 1 << 13,
  /** An ENV or LABEL without `=`. */
  legacyPair: 1 << 14,
  /** A target of COPY that does not begin with `/`. */
  relativeTarget: 1 << 15,
  /** A script that a shell would not accept as a whole. */
  scriptError: 1 << 16,
  /** A script whose last command runs in the background. */
  background: 1 << 17,
  /** Commands of a script that are separated by `;`, or in the lines of a heredoc. */
  sequence: 1 << 18,
  /** An ENV with several pairs. */
  severalPairs: 1 << 19,
  /** A source of COPY with a colon or a variable, which may be an address. */
  address: 1 << 20,
  /** A pipe, and not only `||`. */
  pipe: 1 << 21,
  /** A COPY or ADD of more than one source, heredocs included. */
  severalSources: 1 << 22,
  /** A source of COPY or ADD that is a whole directory without a name: `.`, `./`, `*`, `/`. */
  wholeSource: 1 << 23,
  /** More than one stage with a name. */
  severalNames: 1 << 24,
  /** A WORKDIR that does not begin with `/`. */
  relativeWorkdir: 1 << 25,
  /** An ENTRYPOINT that is not an array, or an array of more than two words, which may run a script. */
  scriptEntrypoint: 1 << 26,
  /** A stage without a name that is not the last one. */
  unnamedStage: 1 << 27,
  /** Something that a container starts or offers: CMD, ENTRYPOINT, HEALTHCHECK, EXPOSE, or a base image that may start a service. */
  start: 1 << 28,
} as const;

export type Part = keyof typeof bits;

/** A set of parts. */
export function partBits(parts: readonly Part[]): number {
  return parts.reduce((set, part) => set | bits[part], 0);
}

const platform: ReadonlySet<string> = new Set(platformArguments.map(({ name }) => name));

/** The parts that a file has. */
export function partsOf(model: Model): number {
  const { source } = model;
  let set = source.emptyContinuations.length > 0 ? bits.emptyContinuation : 0;
  const { text } = source;
  if (hasPipe(text, { start: 0, end: text.length })) set |= bits.pipe;
  if (source.errors.length > 0) set |= bits.oddName;
  const counts: Counts = { cmd: 0, entrypoint: 0, healthcheck: 0, name: 0 };
  for (const instruction of source.instructions) {
    set |= partsIn(instruction, text, counts);
    if (instruction.kind === 'ONBUILD' && instruction.trigger) {
      set |= partsIn(instruction.trigger, text, counts);
      if (instruction.trigger.kind === 'FROM') set |= bits.unknownImage | bits.fromVariable;
    }
  }
  if (counts.cmd > 1 || counts.entrypoint > 1 || counts.healthcheck > 1) set |= bits.repeatedStart;
  if (counts.name > 1) set |= bits.severalNames;
  const { stages } = model;
  if (stages.length > 1) set |= bits.severalStages;
  if (source.escape === '`') set |= bits.unknownImage;
  for (let i = 0; i < stages.length; i++) {
    const stage = stages[i] as Stage;
    set |= partsOfBase(stage);
    if (stage.name === undefined && i + 1 < stages.length) set |= bits.unnamedStage;
  }
  if (model.refersElsewhere) set |= bits.otherReference;
  for (const run of model.each('RUN')) set |= partsOfScript(run, model.script(run));
  return set;
}

function partsOfScript({ heredocs }: Run, script: ReturnType<Model['script']>): number {
  if (script === undefined) return 0;
  const { errors, separators, statements } = script;
  let set = errors.length > 0 ? bits.scriptError : 0;
  if (heredocs.length > 0) set |= bits.sequence;
  for (const { text } of separators) if (text === ';') set |= bits.sequence;
  return separators[statements.length - 1]?.text === '&' ? set | bits.background : set;
}

interface Counts {
  cmd: number;
  entrypoint: number;
  healthcheck: number;
  /** Of stages. */
  name: number;
}

function partsIn(instruction: Instruction, text: string, counts: Counts): number {
  const { kind, keyword } = instruction;
  const { raw } = keyword;
  const set = raw === kind || raw === raw.toUpperCase() ? 0 : bits.otherCase;
  switch (kind) {
    case 'FROM':
      return set | partsOfFrom(instruction, counts);
    case 'ENV':
    case 'LABEL':
      return set | partsOfPairs(instruction);
    case 'COPY':
    case 'ADD':
      return set | partsOfCopy(instruction, text);
    case 'WORKDIR':
      return startsAtRoot(instruction.args[0]) ? set : set | bits.relativeWorkdir;
    case 'VOLUME':
      return startsWithBracket(instruction.args[0], text) ? set | bits.bracket : set;
    case 'CMD':
      counts.cmd++;
      return set | bits.start | partsOfCommand(instruction.command, text, bits.shellStart);
    case 'ENTRYPOINT':
      counts.entrypoint++;
      return set | bits.start | partsOfEntrypoint(instruction.command, text);
    case 'HEALTHCHECK':
      counts.healthcheck++;
      return set | bits.start | partsOfCommand(instruction.command, text, 0);
    case 'EXPOSE':
      return set | bits.start;
    case 'RUN':
      return set | partsOfCommand(instruction.command, text, 0);
    default:
      return set;
  }
}

function partsOfFrom({ as, name, image, words, flags }: From, counts: Counts): number {
  let set = as === undefined || as.raw === 'AS' ? 0 : bits.otherCase;
  if (name !== undefined) {
    counts.name++;
    if (!plainName.test(name.raw)) set |= bits.oddName;
  }
  for (const word of words)
    if (word !== image && word.variables.length > 0) set |= bits.fromVariable;
  for (const { value } of flags)
    if (value?.variables.some(isNoPlatform) === true) set |= bits.fromVariable;
  return set;
}

function partsOfPairs({ kind, pairs }: Assign): number {
  // The legacy format has only one.
  if (pairs[0]?.legacy === true) return bits.legacyPair;
  return kind === 'ENV' && pairs.length > 1 ? bits.severalPairs : 0;
}

/** A name of a stage with nothing to report about it: lowercase words, not so long as an id, and not reserved. */
const plainName = /^(?!(?:scratch|context)$)(?=.{1,63}$)[a-z][a-z0-9]*(?:[-._][a-z0-9]+)*$/;

/** Whether it is not one that Docker sets in each FROM. */
function isNoPlatform({ name }: Variable): boolean {
  return !platform.has(name);
}

function partsOfCopy({ kind, sources, heredocs, target, json }: Copy, text: string): number {
  let set = !json && startsWithBracket(sources[0] ?? target, text) ? bits.bracket : 0;
  if (sources.length + heredocs.length > 1) set |= bits.severalSources;
  for (const source of sources) {
    if (kind === 'COPY' && (source.variables.length > 0 || source.text.includes(':')))
      set |= bits.address;
    if (wholeDirectory.test(source.text)) set |= bits.wholeSource;
  }
  if (kind !== 'COPY') return set;
  return startsAtRoot(target) ? set : set | bits.relativeTarget;
}

function startsAtRoot(word: Word | undefined): boolean {
  return word === undefined || word.text.charCodeAt(0) === slash;
}

function startsWithBracket(word: Word | undefined, text: string): boolean {
  return word !== undefined && text.charCodeAt(word.span.start) === openBracket;
}

const wholeDirectory = /^\.?\/*\*?$/;
const openBracket = 0x5b;
const slash = 0x2f;

function partsOfEntrypoint(command: CommandLine | undefined, text: string): number {
  const set = partsOfCommand(command, text, bits.shellStart | bits.scriptEntrypoint);
  return command?.form === 'exec' && command.argv.length > 2 ? set | bits.scriptEntrypoint : set;
}

/** Those of a command line, with `ofScript` if it is not an array. */
function partsOfCommand(command: CommandLine | undefined, text: string, ofScript: number): number {
  if (command === undefined) return ofScript;
  if (command.form === 'shell')
    return text.charCodeAt(command.span.start) === openBracket ? ofScript | bits.bracket : ofScript;
  for (const { text: argument } of command.argv) if (!isCommon(argument)) return bits.specialExec;
  return 0;
}

/** Whether a text consists of letters, digits and `-./:_=,@+%~`. */
function isCommon(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (common[text.charCodeAt(i)] !== 1) return false;
  return true;
}

const common = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w./:=,@+%~-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function partsOfBase(stage: Stage): number {
  const { image } = stage.from;
  const set = partsOfImage(stage);
  if (image === undefined || image.variables.length === 0) return set;
  // The model knows the image only if its variables are declared, unless one has a default of its own.
  const mayBeUndeclared = (set & bits.unknownImage) !== 0 || image.variables.some(hasOperator);
  return mayBeUndeclared ? set | bits.fromVariable : set;
}

function hasOperator({ operator }: Variable): boolean {
  return operator !== undefined;
}

function partsOfImage({ base, image }: Stage): number {
  if (base === undefined) return image === 'scratch' ? 0 : bits.unknownImage;
  if (base.kind === 'stage') return plainName.test(image ?? '') ? 0 : bits.unknownImage;
  const { tag, digest } = base;
  const set = mayStartService(base) ? bits.start : 0;
  if (tag === undefined) return digest === undefined ? set | bits.untagged : set;
  const first = tag.charCodeAt(0) | 0x20;
  if (first >= 0x61 && first <= 0x7a) return set | bits.wordTag;
  return /^\d+(?![\d.])/.test(tag) ? set | bits.majorTag : set;
}
