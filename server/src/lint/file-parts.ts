/**
 * What a file contains that many rules look for, found in one pass over it. Most rules find nothing in most files; a rule
 * that is called although the file has nothing for it costs more than the whole pass, since its code and data are seldom
 * in the caches of the processor.
 */
import type { Model, Stage } from '../model/model.ts';
import { mayStartService } from '../model/start-commands.ts';
import { hasPipe } from '../text/pipe-sign.ts';
import { platform } from '../model/scope.ts';
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
import * as parts from './parts.ts';

/** The parts that a file has. */
export function partsOf(model: Model): number {
  const { source } = model;
  let set = source.emptyContinuations.length > 0 ? parts.emptyContinuation : 0;
  const { text } = source;
  if (hasPipe(text, { start: 0, end: text.length })) set |= parts.pipe;
  if (source.errors.length > 0) set |= parts.oddName;
  const counts: Counts = { cmd: 0, entrypoint: 0, healthcheck: 0, name: 0 };
  for (const instruction of source.instructions) {
    set |= partsIn(instruction, text, counts);
    if (instruction.kind === 'ONBUILD' && instruction.trigger) {
      set |= partsIn(instruction.trigger, text, counts);
      if (instruction.trigger.kind === 'FROM') set |= parts.unknownImage | parts.fromVariable;
    }
  }
  if (counts.cmd > 1 || counts.entrypoint > 1 || counts.healthcheck > 1) set |= parts.repeatedStart;
  if (counts.name > 1) set |= parts.severalNames;
  const { stages } = model;
  if (stages.length > 1) set |= parts.severalStages;
  if (source.escape === '`') set |= parts.unknownImage;
  for (let i = 0; i < stages.length; i++) {
    const stage = stages[i] as Stage;
    set |= partsOfBase(stage);
    if (stage.name === undefined && i + 1 < stages.length) set |= parts.unnamedStage;
  }
  if (model.refersElsewhere) set |= parts.otherReference;
  for (const run of model.each('RUN')) set |= partsOfScript(run, model.script(run));
  return set;
}

function partsOfScript({ heredocs }: Run, script: ReturnType<Model['script']>): number {
  if (script === undefined) return 0;
  const { errors, separators, statements } = script;
  let set = errors.length > 0 ? parts.scriptError : 0;
  if (heredocs.length > 0) set |= parts.sequence;
  for (const { text } of separators) if (text === ';') set |= parts.sequence;
  return separators[statements.length - 1]?.text === '&' ? set | parts.background : set;
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
  const set = raw === kind || raw === raw.toUpperCase() ? 0 : parts.otherCase;
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
      return startsAtRoot(instruction.args[0]) ? set : set | parts.relativeWorkdir;
    case 'VOLUME':
      return startsWithBracket(instruction.args[0], text) ? set | parts.bracket : set;
    case 'CMD':
      counts.cmd++;
      return set | parts.start | partsOfCommand(instruction.command, text, parts.shellStart);
    case 'ENTRYPOINT':
      counts.entrypoint++;
      return set | parts.start | partsOfEntrypoint(instruction.command, text);
    case 'HEALTHCHECK':
      counts.healthcheck++;
      return set | parts.start | partsOfCommand(instruction.command, text, 0);
    case 'EXPOSE':
      return set | parts.start;
    case 'RUN':
      return set | partsOfCommand(instruction.command, text, 0);
    default:
      return set;
  }
}

function partsOfFrom({ as, name, image, words, flags }: From, counts: Counts): number {
  let set = as === undefined || as.raw === 'AS' ? 0 : parts.otherCase;
  if (name !== undefined) {
    counts.name++;
    if (!plainName.test(name.raw)) set |= parts.oddName;
  }
  for (const word of words)
    if (word !== image && word.variables.length > 0) set |= parts.fromVariable;
  for (const { value } of flags)
    if (value?.variables.some(isNoPlatform) === true) set |= parts.fromVariable;
  return set;
}

function partsOfPairs({ kind, pairs }: Assign): number {
  // The legacy format has only one.
  if (pairs[0]?.legacy === true) return parts.legacyPair;
  return kind === 'ENV' && pairs.length > 1 ? parts.severalPairs : 0;
}

/** A name of a stage with nothing to report about it: lowercase words, not so long as an id, and not reserved. */
const plainName = /^(?!(?:scratch|context)$)(?=.{1,63}$)[a-z][a-z0-9]*(?:[-._][a-z0-9]+)*$/;

/** Whether it is not one that Docker sets in each FROM. */
function isNoPlatform({ name }: Variable): boolean {
  return !platform.has(name);
}

function partsOfCopy({ kind, sources, heredocs, target, json }: Copy, text: string): number {
  let set = !json && startsWithBracket(sources[0] ?? target, text) ? parts.bracket : 0;
  if (sources.length + heredocs.length > 1) set |= parts.severalSources;
  for (const source of sources) {
    if (kind === 'COPY' && (source.variables.length > 0 || source.text.includes(':')))
      set |= parts.address;
    if (wholeDirectory.test(source.text)) set |= parts.wholeSource;
  }
  if (kind !== 'COPY') return set;
  return startsAtRoot(target) ? set : set | parts.relativeTarget;
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
  const set = partsOfCommand(command, text, parts.shellStart | parts.scriptEntrypoint);
  return command?.form === 'exec' && command.argv.length > 2 ? set | parts.scriptEntrypoint : set;
}

/** Those of a command line, with `ofScript` if it is not an array. */
function partsOfCommand(command: CommandLine | undefined, text: string, ofScript: number): number {
  if (command === undefined) return ofScript;
  if (command.form === 'shell')
    return text.charCodeAt(command.span.start) === openBracket
      ? ofScript | parts.bracket
      : ofScript;
  for (const { text: argument } of command.argv) if (!isCommon(argument)) return parts.specialExec;
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
  const mayBeUndeclared = (set & parts.unknownImage) !== 0 || image.variables.some(hasOperator);
  return mayBeUndeclared ? set | parts.fromVariable : set;
}

function hasOperator({ operator }: Variable): boolean {
  return operator !== undefined;
}

function partsOfImage({ base, image }: Stage): number {
  if (base === undefined) return image === 'scratch' ? 0 : parts.unknownImage | parts.start;
  if (base.kind === 'stage') return plainName.test(image ?? '') ? 0 : parts.unknownImage;
  const { tag, digest } = base;
  const set = mayStartService(base) ? parts.start : 0;
  if (tag === undefined) return digest === undefined ? set | parts.untagged : set;
  const first = tag.charCodeAt(0) | 0x20;
  if (first >= 0x61 && first <= 0x7a) return set | parts.wordTag;
  return /^\d+(?![\d.])/.test(tag) ? set | parts.majorTag : set;
}
