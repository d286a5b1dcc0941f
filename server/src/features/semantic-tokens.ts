/**
 * Semantic tokens: what the grammar of an editor cannot know (stages, commands in scripts) and what it may get wrong.
 * Plain words have no type.
 */
import type { Document } from '../model/document.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import { commentsUpTo } from '../syntax/long-file.ts';
import type {
  CommandLine,
  Dockerfile,
  Flag,
  Instruction,
  Pair,
  Variable,
  Word,
} from '../syntax/tree.ts';
import { isPosix } from '../shell/dialect.ts';
import { PlainScript } from '../shell/plain-script.ts';
import { encloses, type Node, type Span } from '../text/span.ts';
import { eachMountPart, flagInfo } from './facts.ts';
import { ignoreComment } from '../lint/ignore-comment.ts';
import { isDefinition, isInScript, Marks, tokenTypes, type TokenType } from './marks.ts';
import { Painter } from './painting.ts';
import { always, plainScriptMarks, scriptMarks, type Touches } from './semantic-shell.ts';

/** On a single line, without overlap. */
export interface SemanticToken extends Node {
  readonly type: TokenType;
  /** Defines a name. */
  readonly defines?: true;
  /** Part of a script. */
  readonly inScript?: true;
}

/**
 * Characters of a document whose tokens are sent at once: six times the longest of 444 real Dockerfiles. Those of the rest
 * are sent for ranges; the grammar of the editor colours it, too.
 */
export const mostCharacters = 200_000;

/** The tokens of the text, or of a part of it; sorted, single-line and without overlap. */
export function semanticTokens(
  document: Document,
  within: Span = wholeText(document),
): readonly SemanticToken[] {
  const tokens = tokensNear(document, within);
  const found: SemanticToken[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const span = { start: tokens.start(i), end: tokens.end(i) };
    const type = tokenTypes[tokens.type(i)];
    if (type === undefined || span.end <= within.start || span.start >= within.end) continue;
    const modifiers = tokens.modifiers(i);
    found.push({
      span,
      type,
      ...((modifiers & isDefinition) !== 0 && { defines: true }),
      ...((modifiers & isInScript) !== 0 && { inScript: true }),
    });
  }
  return found;
}

function wholeText({ text }: Document): Span {
  return { start: 0, end: text.length };
}

/** The same tokens as numbers, and more of the instructions that a part of the text touches. */
export function tokensNear(document: Document, within: Span = wholeText(document)): Marks {
  const { tree, model, text } = document;
  const touches: Touches = ({ start, end }) => start <= within.end && within.start <= end;
  const comments: Queue = { marks: outsideMarks(tree, within, touches), next: 0 };
  const stages: Queue = { marks: stageMarks(document, touches), next: 0 };
  const tokens = new Marks();
  const painter = new Painter(tree, tokens);
  // One instruction after the other, so that the marks of all of them never exist at the same time.
  const marks = new Marks();
  const plain = new PlainScript();
  const paintUpTo = (place: number): void => {
    moveBefore(place, comments, marks);
    moveBefore(place, stages, marks);
    if (marks.count > 0) painter.paint(marks);
    marks.clear();
  };
  let end = 0;
  for (const instruction of model.each()) {
    const { span } = instruction;
    if (span.start > within.end) break;
    if (!touches(span)) continue;
    // The trigger of an ONBUILD is a part of it.
    if (span.start >= end) paintUpTo(span.start);
    end = Math.max(end, span.end);
    instructionMarks(text, instruction, touches, marks);
    // Other instructions need not know their shell, for which the state of each stage is computed.
    const line = commandLineOf(instruction);
    if (line?.form !== 'shell' || instruction.kind === 'SHELL') continue;
    const isPlain = encloses(within, span) && isPosix(model.shellAt(instruction)?.dialect) && plain.read(line.script); // prettier-ignore
    const script = isPlain ? undefined : model.scriptOnce(instruction);
    if (isPlain) plainScriptMarks(text, plain, marks);
    else if (script) scriptMarks(text, script, hasHeredoc(text, span) ? always : touches, marks);
  }
  paintUpTo(Infinity);
  return tokens;
}

/** Sorted marks; those before `next` have been moved. */
interface Queue {
  readonly marks: Marks;
  next: number;
}

/** Moves the marks that begin before a place to others. */
function moveBefore(place: number, queue: Queue, to: Marks): void {
  const { marks } = queue;
  for (; queue.next < marks.count && marks.start(queue.next) < place; queue.next++) {
    const i = queue.next;
    to.addNumbers(marks.start(i), marks.end(i), marks.type(i), marks.modifiers(i));
  }
}

/** The body of a heredoc is not within the command that it belongs to. */
function hasHeredoc(text: string, { start, end }: Span): boolean {
  return text.slice(start, end).includes('<<');
}

/** The marks of directives and comments, sorted. */
function outsideMarks(tree: Dockerfile, within: Span, touches: Touches): Marks {
  const marks = new Marks();
  for (const { span, nameSpan, valueSpan } of tree.directives) {
    marks.add(span, 'comment');
    marks.add(nameSpan, 'directive');
    marks.addPart(nameSpan.end, valueSpan.start, 'operator');
    marks.add(valueSpan, 'string');
  }
  for (const { span } of commentsUpTo(tree, within.end + 1))
    if (touches(span)) commentMarks(tree, span, marks);
  return marks.sort();
}

/** The marks of stages and of references to them, sorted. */
function stageMarks({ model }: Document, touches: Touches): Marks {
  const marks = new Marks();
  for (const { from, base } of model.stages) {
    if (!touches(from.span)) continue;
    const { image, name } = from;
    if (name) marks.add(name.span, 'stage', isDefinition);
    if (image && base?.kind === 'stage' && image.variables.length === 0)
      marks.add(image.span, 'stage');
  }
  for (const { span, to } of model.references())
    if (to?.kind === 'stage' && touches(span)) marks.add(span, 'stage');
  return marks.sort();
}

function commentMarks(tree: Dockerfile, span: Span, marks: Marks): void {
  marks.add(span, 'comment');
  const ignore = ignoreComment(tree, span);
  if (!ignore) return;
  marks.add(ignore.words, 'directive');
  for (const { span: place } of ignore.names) marks.add(place, 'string');
}

/** Parts that are not concerned are left out: an instruction can be a megabyte long. */
function instructionMarks(
  text: string,
  instruction: Instruction,
  touches: Touches,
  marks: Marks,
): void {
  const { keyword, flags, heredocs } = instruction;
  marks.add(keyword.span, 'keyword');
  // The trigger is visited separately.
  if (instruction.kind === 'ONBUILD') return;
  for (const flag of flags)
    if (touches(flag.span)) flagMarks(text, instruction, flag, touches, marks);
  argumentMarks(text, instruction, touches, marks);
  // In RUN, the shell expands variables.
  if (instruction.kind === 'RUN') return;
  for (const { variables } of heredocs)
    for (const variable of variables) variableMarks(variable, marks);
}

function argumentMarks(
  text: string,
  instruction: Instruction,
  touches: Touches,
  marks: Marks,
): void {
  switch (instruction.kind) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      execMarks(instruction.command, touches, marks);
      return;
    case 'HEALTHCHECK':
      if (instruction.type) marks.add(instruction.type.span, 'keyword');
      execMarks(instruction.command, touches, marks);
      return;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const pair of instruction.pairs)
        if (touches(pair.span))
          pairMarks(text, pair, instruction.kind === 'LABEL' ? 'key' : 'variable', marks);
      return;
    case 'FROM':
      if (instruction.as) marks.add(instruction.as.span, 'keyword');
      break;
    case 'EXPOSE':
    case 'USER':
    case 'STOPSIGNAL':
      for (const word of instruction.args) if (touches(word.span)) numberMarks(word, marks);
  }
  for (const word of instruction.words) if (touches(word.span)) wordMarks(word, marks);
}

function execMarks(command: CommandLine | undefined, touches: Touches, marks: Marks): void {
  if (command?.form !== 'exec') return;
  for (const { span } of command.argv) if (touches(span)) marks.add(span, 'string');
}

function pairMarks(
  text: string,
  { key, value, legacy }: Pair,
  type: TokenType,
  marks: Marks,
): void {
  marks.add(key.span, type, type === 'variable' ? isDefinition : 0);
  for (const variable of key.variables) variableMarks(variable, marks);
  if (!legacy) equalsMark(text, key.span.end, marks);
  if (value) wordMarks(value, marks);
}

function flagMarks(
  text: string,
  { kind }: Instruction,
  { span, name, value }: Flag,
  touches: Touches,
  marks: Marks,
): void {
  marks.addPart(span.start, value ? name.span.end : span.end, 'flag');
  if (!value) return;
  equalsMark(text, name.span.end, marks);
  const plain = value.raw.length === value.span.end - value.span.start;
  if (plain && value.quote === undefined && flagInfo(kind, name.text)?.value === 'mount') {
    eachMountPart(value.raw, value.span.start, ({ start, equals, end }) => {
      if (!touches({ start, end })) return;
      marks.addPart(start, equals, 'key');
      if (equals === end) return;
      marks.addPart(equals, equals + 1, 'operator');
      if (isNumber(text.slice(equals + 1, end))) marks.addPart(equals + 1, end, 'number');
    });
  } else if (isNumber(value.raw)) marks.add(value.span, 'number');
  wordMarks(value, marks);
}

/** Includes the unit of a duration. */
function isNumber(text: string): boolean {
  return /^\d+(?:\.\d+)?(?:[num]?s|[mh])?$/.test(text);
}

function equalsMark(text: string, at: number, marks: Marks): void {
  if (text[at] === '=') marks.addPart(at, at + 1, 'operator');
}

/** Ports, port ranges and IDs before a slash. */
function numberMarks({ raw, span }: Word, marks: Marks): void {
  const [digits] = /^\d+(?:[-:]\d+)?(?=\/|$)/.exec(raw) ?? [];
  if (digits === undefined || raw.length !== span.end - span.start) return;
  for (const { 0: number, index } of digits.matchAll(/\d+/g)) {
    const start = span.start + index;
    marks.addPart(start, start + number.length, 'number');
  }
}

function wordMarks({ quote, span, variables }: Word, marks: Marks): void {
  if (quote !== undefined) marks.add(span, 'string');
  for (const variable of variables) variableMarks(variable, marks);
}

/** `$NAME`; `${NAME:-word}` without the word. */
function variableMarks({ span, nameSpan, operand }: Variable, marks: Marks): void {
  if (!operand) {
    marks.add(span, 'variable');
    return;
  }
  marks.addPart(span.start, nameSpan.end, 'variable');
  marks.addPart(nameSpan.end, operand.start, 'operator');
  marks.addPart(operand.end, span.end, 'variable');
}
