/**
 * What a file contains that many rules look for, found in one pass over it. Most rules find nothing in most files; a rule
 * that is called although the file has nothing for it costs more than the whole pass, since its code and data are seldom
 * in the caches of the processor.
 */
import type { Model, Stage } from '../model/model.ts';
import { mayStartService } from '../model/start-commands.ts';
import { hasPipe } from '../text/pipe-sign.ts';
import { platform } from '../model/scope.ts';
import type { CommandLine, Copy, Instruction, Variable } from '../syntax/tree.ts';
import type { Node } from '../text/span.ts';
import * as parts from './parts.ts';

/** The parts that a file has. */
export function partsOf(model: Model): number {
  const { source } = model;
  const { list: stages, refersElsewhere } = model.layout;
  const { text } = source;
  let set = source.emptyContinuations.length > 0 ? parts.emptyContinuation : 0;
  if (hasPipe(text, { start: 0, end: text.length })) set |= parts.pipe;
  if (source.errors.length > 0) set |= parts.oddName;
  if (source.escape === '`') set |= parts.unknownImage;
  for (const instruction of source.instructions) {
    set |= partsIn(instruction, text);
    if (instruction.kind === 'ONBUILD' && instruction.trigger) {
      set |= partsIn(instruction.trigger, text);
      if (instruction.trigger.kind === 'FROM') set |= anyFrom;
    }
  }
  for (const kind of startKinds) if (model.each(kind).length > 1) set |= parts.repeatedStart;
  if (stages.length > 1) set |= parts.severalStages;
  let names = 0;
  for (let i = 0; i < stages.length; i++) {
    const stage = stages[i] as Stage;
    set |= partsOfStage(stage);
    if (stage.name !== undefined) names++;
    else if (i + 1 < stages.length) set |= parts.unnamedStage;
  }
  if (names > 1) set |= parts.severalNames;
  if (refersElsewhere) set |= parts.otherReference;
  for (const run of model.each('RUN')) {
    const script = model.script(run);
    if (script === undefined) continue;
    const { errors, separators, statements } = script;
    if (errors.length > 0) set |= parts.scriptError;
    if (run.heredocs.length > 0) set |= parts.sequence;
    for (const separator of separators) if (separator.text === ';') set |= parts.sequence;
    if (separators[statements.length - 1]?.text === '&') set |= parts.background;
  }
  return set;
}

/** Of several of one kind in a stage, only the last has an effect. */
const startKinds = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] as const;

/** A FROM in ONBUILD, which belongs to no stage, is not looked at: it may have any part of a FROM. */
const anyFrom =
  parts.unknownImage | parts.fromVariable | parts.oddName | parts.otherCase | parts.severalNames;

function partsIn(instruction: Instruction, text: string): number {
  const { kind, keyword } = instruction;
  const { raw } = keyword;
  let set = raw === kind || raw === raw.toUpperCase() ? 0 : parts.otherCase;
  switch (kind) {
    case 'ENV':
    case 'LABEL': {
      const { pairs } = instruction;
      // The legacy format has only one.
      if (pairs[0]?.legacy === true) set |= parts.legacyPair;
      else if (kind === 'ENV' && pairs.length > 1) set |= parts.severalPairs;
      return set;
    }
    case 'COPY':
    case 'ADD':
      return set | partsOfCopy(instruction, text);
    case 'WORKDIR':
      return isRelative(instruction.args[0]?.text) ? set | parts.relativeWorkdir : set;
    case 'VOLUME':
      return hasBracket(text, instruction.args[0]) ? set | parts.bracket : set;
    case 'CMD':
      return set | parts.start | partsOfCommand(instruction.command, text, parts.shellStart);
    case 'ENTRYPOINT': {
      const { command } = instruction;
      if (command?.form === 'exec' && command.argv.length > 2) set |= parts.scriptEntrypoint;
      return set | parts.start | partsOfCommand(command, text, parts.shellStart | parts.scriptEntrypoint); // prettier-ignore
    }
    case 'HEALTHCHECK':
      return set | parts.start | partsOfCommand(instruction.command, text, 0);
    case 'EXPOSE':
      return set | parts.start;
    case 'RUN':
      return set | partsOfCommand(instruction.command, text, 0);
    default:
      return set;
  }
}

function partsOfCopy({ kind, sources, heredocs, target, json }: Copy, text: string): number {
  let set = !json && hasBracket(text, sources[0] ?? target) ? parts.bracket : 0;
  if (sources.length + heredocs.length > 1) set |= parts.severalSources;
  for (const { text: path, variables } of sources) {
    if (kind === 'COPY' && (variables.length > 0 || path.includes(':'))) set |= parts.address;
    if (wholeDirectory.test(path)) set |= parts.wholeSource;
  }
  return kind === 'COPY' && isRelative(target?.text) ? set | parts.relativeTarget : set;
}

/** Whether there is a path that does not begin with `/`. */
function isRelative(path: string | undefined): boolean {
  return path !== undefined && path.charCodeAt(0) !== slash;
}

/** Whether there is a word that begins with a bracket. */
function hasBracket(text: string, word: Node | undefined): boolean {
  return word !== undefined && text.charCodeAt(word.span.start) === openBracket;
}

const wholeDirectory = /^\.?\/*\*?$/;
const openBracket = 0x5b;
const slash = 0x2f;

/** Those of a command line, with `ofScript` if it is not an array. */
function partsOfCommand(command: CommandLine | undefined, text: string, ofScript: number): number {
  if (command === undefined) return ofScript;
  if (command.form === 'shell')
    return hasBracket(text, command) ? ofScript | parts.bracket : ofScript;
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

/** Those of a stage and its FROM. */
function partsOfStage({ base, image: reference, from }: Stage): number {
  const { as, name, image, words, flags } = from;
  let set = as === undefined || as.raw === 'AS' ? 0 : parts.otherCase;
  if (name !== undefined && !plainName.test(name.raw)) set |= parts.oddName;
  if (base === undefined) {
    if (reference !== 'scratch') set |= parts.unknownImage | parts.start;
  } else if (base.kind === 'stage') {
    if (!plainName.test(reference ?? '')) set |= parts.unknownImage;
  } else {
    const { tag } = base;
    if (mayStartService(base)) set |= parts.start;
    if (tag === undefined) set |= base.digest === undefined ? parts.untagged : 0;
    else if (/^[a-z]/i.test(tag)) set |= parts.wordTag;
    else if (/^\d+(?![\d.])/.test(tag)) set |= parts.majorTag;
  }
  for (const word of words) {
    if (word.variables.length === 0) continue;
    // The model knows the image only if its variables are declared, unless one has a default of its own.
    if (word !== image || (set & parts.unknownImage) !== 0 || word.variables.some(hasOperator))
      set |= parts.fromVariable;
  }
  for (const { value } of flags)
    if (value?.variables.some(isNoPlatform) === true) set |= parts.fromVariable;
  return set;
}

/** A name of a stage with nothing to report about it: lowercase words, not so long as an id, and not reserved. */
const plainName = /^(?!(?:scratch|context)$)(?=.{1,63}$)[a-z][a-z0-9]*(?:[-._][a-z0-9]+)*$/;

function hasOperator({ operator }: Variable): boolean {
  return operator !== undefined;
}

/** Whether it is not one that Docker sets in each FROM. */
function isNoPlatform({ name }: Variable): boolean {
  return !platform.has(name);
}
