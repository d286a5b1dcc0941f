/** Invariants of the tree, the tokens and the model of any text. */
import { createModel } from '../../server/src/model/lazy-model.ts';
import { children, type TreeNode } from '../../server/src/syntax/nodes-at.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { type Token, type TokenKind, tokens } from '../../server/src/syntax/tokens.ts';
import { commandLineOf } from '../../server/src/syntax/instruction-node.ts';
import type { Dockerfile, Heredoc, Instruction, Word } from '../../server/src/syntax/tree.ts';
import { encloses, slice, type Span } from '../../server/src/text/span.ts';

type Report = (violation: string, place: Span) => void;

/** The invariants that the tree and tokens of a text violate; `model` and `scripts` check these too. */
export function findViolations(
  text: string,
  depth: 'tree' | 'model' | 'scripts' = 'tree',
): string[] {
  const wrong: string[] = [];
  const report: Report = (violation, { start, end }) =>
    wrong.push(`${violation} at ${start}-${end}`);
  const tree = parse(text);
  let last = 0;
  for (const { span } of tree.instructions) {
    if (span.start < last) report('instructions overlap', span);
    last = span.end;
  }
  for (const place of spansOf(tree)) within(text, place, report);
  for (const instruction of tree.instructions) {
    visit(text, { kind: 'instruction', node: instruction }, report);
    visitValues(text, instruction, report);
  }
  visitDirectivesAndComments(tree, report);
  visitTokens(tree, report);
  if (depth !== 'tree') visitModel(tree, depth === 'scripts', report);
  return wrong;
}

function within(text: string, place: Span, report: Report): void {
  const { start, end } = place;
  if (!(start >= 0 && start <= end && end <= text.length)) report('outside the text', place);
}

function visit(text: string, parent: TreeNode, report: Report): void {
  const { span } = parent.node;
  within(text, span, report);
  let last = span.start;
  for (const child of children(parent)) {
    const place = child.node.span;
    const isBody = parent.kind === 'heredoc';
    if (!isBody && !encloses(span, place)) report('child outside its parent', place);
    if (place.start < last && !isNested(parent, child)) report('out of order', place);
    last = place.start;
    visit(text, child, report);
  }
}

/** Heredocs are inside the command, nested variables inside the previous variable. */
function isNested(parent: TreeNode, child: TreeNode): boolean {
  return parent.kind === 'word' || parent.kind === 'heredoc' || child.kind === 'heredoc';
}

function spansOf(tree: Dockerfile): readonly Span[] {
  return [
    ...tree.directives.flatMap(({ span, nameSpan, valueSpan }) => [span, nameSpan, valueSpan]),
    ...tree.comments.map(({ span }) => span),
    ...tree.errors.map(({ span }) => span),
    ...tree.emptyContinuations,
  ];
}

function visitDirectivesAndComments(
  { text, directives, comments, emptyContinuations }: Dockerfile,
  report: Report,
): void {
  for (const { name, nameSpan, value, valueSpan } of directives) {
    if (slice(text, nameSpan).toLowerCase() !== name) report('directive', nameSpan);
    if (slice(text, valueSpan) !== value) report('value of a directive', valueSpan);
  }
  for (const { span, text: said } of comments)
    if (slice(text, span) !== `#${said}`) report('comment', span);
  for (const span of emptyContinuations)
    if (slice(text, span).trim() !== '') report('empty continuation', span);
}

/** The text at the span of a node equals the value of the node. */
function visitValues(text: string, instruction: Instruction, report: Report): void {
  const checkWord = ({ span, raw, variables }: Word): void => {
    if (span.end - span.start === raw.length && slice(text, span) !== raw) report('raw', span);
    for (const { name, nameSpan } of variables) {
      const written = slice(text, nameSpan);
      if (written.length === name.length && written !== name) report('name', nameSpan);
    }
  };
  const checkHeredoc = ({ body, terminator, name, chomp }: Heredoc): void => {
    if (!terminator) return;
    if (slice(text, terminator) !== name.text) report('terminator', terminator);
    const between = text.slice(body.end, terminator.start);
    if (between !== '' && (!chomp || between.trim() !== ''))
      report('text before the terminator', terminator);
  };
  checkWord(instruction.keyword);
  instruction.words.forEach(checkWord);
  instruction.heredocs.forEach(checkHeredoc);
  for (const { value } of instruction.flags) if (value) checkWord(value);
  const command = commandLineOf(instruction);
  if (command?.form === 'shell') {
    const { script, span } = command;
    const length = span.end - span.start;
    if (script.at !== span.start || script.text.length !== length) report('script', span);
  }
  if (instruction.kind === 'ONBUILD' && instruction.trigger) {
    visitValues(text, instruction.trigger, report);
  }
}

const leaves: ReadonlySet<TokenKind> = new Set([
  'keyword',
  'flag-name',
  'flag-value',
  'key',
  'value',
  'word',
  'heredoc-opener',
]);

/** Tokens cover the whole text, and the words of the tree are whole tokens. */
function visitTokens(tree: Dockerfile, report: Report): void {
  const { text } = tree;
  const all = tokens(tree);
  const starting = new Map<number, number>();
  let end = 0;
  let printed = '';
  all.forEach(({ span }, i) => {
    if (span.start !== end || span.end <= span.start) report('gap between tokens', span);
    starting.set(span.start, i);
    printed += slice(text, span);
    end = span.end;
  });
  if (printed !== text) report('tokens differ from the text', { start: 0, end: text.length });
  let comments = 0;
  for (const { kind } of all) if (kind === 'comment') comments++;
  if (comments !== tree.comments.length) report('comments', { start: comments, end: comments });
  for (const word of wordsOf(tree.instructions)) {
    if (word.raw === '') continue;
    const written = textOfTokens(text, all, starting.get(word.span.start), word.span.end);
    if (written !== word.raw) report('tokens of a word', word.span);
  }
}

/** The text of the tokens from `first` to `end`; undefined if no token ends at `end`. */
function textOfTokens(
  text: string,
  all: readonly Token[],
  first: number | undefined,
  end: number,
): string | undefined {
  let written = '';
  for (let i = first ?? all.length; i < all.length; i++) {
    const token = all[i];
    if (token === undefined || token.span.end > end) return undefined;
    if (leaves.has(token.kind)) written += slice(text, token.span);
    if (token.span.end === end) return written;
  }
  return undefined;
}

/** Words with separate tokens: not those of shell scripts and of instructions with heredocs. */
function wordsOf(instructions: readonly Instruction[]): readonly Word[] {
  return instructions.flatMap((instruction): readonly Word[] => {
    const { kind, keyword, flags, words, heredocs } = instruction;
    const values = flags.flatMap(({ value }) => value ?? []);
    const own = [keyword, ...values];
    if (kind === 'ONBUILD') {
      const { trigger } = instruction;
      return trigger ? [...own, ...wordsOf([trigger])] : [...own, ...words];
    }
    if (kind === 'ARG' || kind === 'ENV' || kind === 'LABEL')
      return [
        ...own,
        ...instruction.pairs.flatMap(({ key, value }) => (value ? [key, value] : [key])),
      ];
    if (kind === 'HEALTHCHECK') return instruction.type ? [...own, instruction.type] : own;
    const shell = commandLineOf(instruction)?.form === 'shell';
    return shell || heredocs.length > 0 ? own : [...own, ...words];
  });
}

/** The model can be queried, and all spans in it are inside the text. */
function visitModel(tree: Dockerfile, scripts: boolean, report: Report): void {
  const { text } = tree;
  const model = createModel(tree);
  for (const { index, from, name, base } of model.stages) {
    if (name !== undefined && from.name?.text !== name) report('name of a stage', from.span);
    if (base && 'from' in base && base.index >= index) report('base of a stage', from.span);
    if (model.stateAt(from).shell.argv.length === 0) report('shell', from.span);
  }
  const { instructions } = tree;
  for (const instruction of [instructions[instructions.length >> 1], instructions.at(-1)])
    if (instruction && [...model.stateAt(instruction).variables.keys()].length < 0)
      report('size', instruction.span);
  if (!scripts) return;
  for (const instruction of model.each()) {
    const script = model.script(instruction);
    for (const { span } of script?.statements ?? []) within(text, span, report);
    for (const span of script?.errors ?? []) within(text, span, report);
  }
  for (const { uses } of model.symbols) for (const { span } of uses) within(text, span, report);
}
