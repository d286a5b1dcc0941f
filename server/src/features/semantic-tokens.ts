/**
 * Semantic tokens: what the grammar of an editor cannot know (stages, commands in scripts) and what it may get wrong.
 * Plain words have no type.
 */
import type { Document } from '../model/document.ts';
import type {
  CommandLine,
  Dockerfile,
  Flag,
  Instruction,
  Pair,
  Variable,
  Word,
} from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import { flagInfo, mountParts } from './facts.ts';
import { ignoreComment } from '../lint/ignore-comment.ts';
import { addTokens, sortMarks, Tokens } from './painting.ts';
import type { Mark, SemanticToken, TokenType } from './painting.ts';
import { scriptMarks } from './semantic-shell.ts';

/** The tokens of the text, or of a part of it; sorted, single-line and without overlap. */
export function semanticTokens(
  document: Document,
  within: Span = wholeText(document),
): readonly SemanticToken[] {
  return tokensNear(document, within).within(within);
}

function wholeText({ text }: Document): Span {
  return { start: 0, end: text.length };
}

/** The same tokens as numbers, and some more of the instructions that a part of the text touches. */
export function tokensNear(document: Document, within: Span = wholeText(document)): Tokens {
  const { tree, model, text } = document;
  const touches = ({ start, end }: Span): boolean => start <= within.end && within.start <= end;
  const outside = [outsideMarks(tree, touches), stageMarks(document, touches)];
  const positions = outside.map(() => 0);
  const tokens = new Tokens();
  // One instruction after the other, so that the marks of all of them never exist at the same time.
  let marks: Mark[] = [];
  const paint = (upTo: number): void => {
    for (const [i, sorted] of outside.entries()) {
      let next = positions[i] ?? 0;
      for (let mark = sorted[next]; mark && mark.span.start < upTo; mark = sorted[++next])
        marks.push(mark);
      positions[i] = next;
    }
    addTokens(text, marks, tree.escape, tokens);
    marks = [];
  };
  let end = 0;
  for (const instruction of model.each()) {
    const { span } = instruction;
    if (!touches(span)) continue;
    // The trigger of an ONBUILD is a part of it.
    if (span.start >= end) paint(span.start);
    end = Math.max(end, span.end);
    instructionMarks(text, instruction, marks);
    const script = model.scriptOnce(instruction);
    if (script) scriptMarks(text, script, marks);
  }
  paint(Infinity);
  return tokens;
}

/** The marks of directives and comments, sorted. */
function outsideMarks(tree: Dockerfile, touches: (span: Span) => boolean): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { span, nameSpan, valueSpan } of tree.directives)
    marks.push(
      { span, type: 'comment' },
      { span: nameSpan, type: 'directive' },
      { span: { start: nameSpan.end, end: valueSpan.start }, type: 'operator' },
      { span: valueSpan, type: 'string' },
    );
  for (const { span } of tree.comments) if (touches(span)) commentMarks(tree, span, marks);
  return sortMarks(marks);
}

/** The marks of stages and of references to them, sorted. */
function stageMarks({ model }: Document, touches: (span: Span) => boolean): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { from, base } of model.stages) {
    if (!touches(from.span)) continue;
    const { image, name } = from;
    if (name) marks.push({ span: name.span, type: 'stage', defines: true });
    if (image && base?.kind === 'stage' && image.variables.length === 0)
      marks.push({ span: image.span, type: 'stage' });
  }
  for (const { span, to } of model.references())
    if (to?.kind === 'stage' && touches(span)) marks.push({ span, type: 'stage' });
  return sortMarks(marks);
}

function commentMarks(tree: Dockerfile, span: Span, marks: Mark[]): void {
  marks.push({ span, type: 'comment' });
  const ignore = ignoreComment(tree, span);
  if (!ignore) return;
  marks.push({ span: ignore.words, type: 'directive' });
  for (const { span: place } of ignore.names) marks.push({ span: place, type: 'string' });
}

function instructionMarks(text: string, instruction: Instruction, marks: Mark[]): void {
  const { keyword, flags, heredocs } = instruction;
  marks.push({ span: keyword.span, type: 'keyword' });
  // The trigger is visited separately.
  if (instruction.kind === 'ONBUILD') return;
  for (const flag of flags) flagMarks(text, instruction, flag, marks);
  argumentMarks(text, instruction, marks);
  // In RUN, the shell expands variables.
  if (instruction.kind === 'RUN') return;
  for (const { variables } of heredocs)
    for (const variable of variables) variableMarks(variable, marks);
}

function argumentMarks(text: string, instruction: Instruction, marks: Mark[]): void {
  switch (instruction.kind) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      execMarks(instruction.command, marks);
      return;
    case 'HEALTHCHECK':
      if (instruction.type) marks.push({ span: instruction.type.span, type: 'keyword' });
      execMarks(instruction.command, marks);
      return;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const pair of instruction.pairs)
        pairMarks(text, pair, instruction.kind === 'LABEL' ? 'key' : 'variable', marks);
      return;
    case 'FROM':
      if (instruction.as) marks.push({ span: instruction.as.span, type: 'keyword' });
      break;
    case 'EXPOSE':
    case 'USER':
    case 'STOPSIGNAL':
      for (const word of instruction.args) numberMarks(word, marks);
  }
  for (const word of instruction.words) wordMarks(word, marks);
}

function execMarks(command: CommandLine | undefined, marks: Mark[]): void {
  if (command?.form !== 'exec') return;
  for (const { span } of command.argv) marks.push({ span, type: 'string' });
}

function pairMarks(
  text: string,
  { key, value, legacy }: Pair,
  type: TokenType,
  marks: Mark[],
): void {
  marks.push({ span: key.span, type, ...(type === 'variable' && { defines: true }) });
  for (const variable of key.variables) variableMarks(variable, marks);
  if (!legacy) equalsMark(text, key.span.end, marks);
  if (value) wordMarks(value, marks);
}

function flagMarks(
  text: string,
  { kind }: Instruction,
  { span, name, value }: Flag,
  marks: Mark[],
): void {
  marks.push({ span: { start: span.start, end: value ? name.span.end : span.end }, type: 'flag' });
  if (!value) return;
  equalsMark(text, name.span.end, marks);
  const plain = value.raw.length === value.span.end - value.span.start;
  if (plain && value.quote === undefined && flagInfo(kind, name.text)?.value === 'mount') {
    for (const { start, valueStart, end, value: given } of mountParts(
      value.raw,
      value.span.start,
    )) {
      if (given === undefined) marks.push({ span: { start, end }, type: 'key' });
      else marks.push({ span: { start, end: valueStart - 1 }, type: 'key' });
      if (given === undefined) continue;
      equalsMark(text, valueStart - 1, marks);
      if (isNumber(given)) marks.push({ span: { start: valueStart, end }, type: 'number' });
    }
  } else if (isNumber(value.raw)) marks.push({ span: value.span, type: 'number' });
  wordMarks(value, marks);
}

/** Includes the unit of a duration. */
function isNumber(text: string): boolean {
  return /^\d+(?:\.\d+)?(?:[num]?s|[mh])?$/.test(text);
}

function equalsMark(text: string, at: number, marks: Mark[]): void {
  if (text[at] === '=') marks.push({ span: { start: at, end: at + 1 }, type: 'operator' });
}

/** Ports, port ranges and IDs before a slash. */
function numberMarks({ raw, span }: Word, marks: Mark[]): void {
  const [digits] = /^\d+(?:[-:]\d+)?(?=\/|$)/.exec(raw) ?? [];
  if (digits === undefined || raw.length !== span.end - span.start) return;
  for (const { 0: number, index } of digits.matchAll(/\d+/g)) {
    const start = span.start + index;
    marks.push({ span: { start, end: start + number.length }, type: 'number' });
  }
}

function wordMarks({ quote, span, variables }: Word, marks: Mark[]): void {
  if (quote !== undefined) marks.push({ span, type: 'string' });
  for (const variable of variables) variableMarks(variable, marks);
}

/** `$NAME`; `${NAME:-word}` without the word. */
function variableMarks({ span, nameSpan, operand }: Variable, marks: Mark[]): void {
  if (!operand) {
    marks.push({ span, type: 'variable' });
    return;
  }
  marks.push(
    { span: { start: span.start, end: nameSpan.end }, type: 'variable' },
    { span: { start: nameSpan.end, end: operand.start }, type: 'operator' },
    { span: { start: operand.end, end: span.end }, type: 'variable' },
  );
}
