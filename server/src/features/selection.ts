/** Selection ranges: the word, argument, command, instruction, stage and file around a place. */
import type { Document } from '../model/document.ts';
import type { Block, Command, Script, ShellWord, Statement } from '../shell/script.ts';
import { nodesAt, type TreeNode } from '../syntax/nodes-at.ts';
import type { Instruction, Word } from '../syntax/tree.ts';
import { contains, encloses, type Span } from '../text/span.ts';
import { mountParts } from './facts.ts';

/** The innermost first; each range is contained in the next and shorter. Never empty. */
export function selection(document: Document, offset: number): readonly Span[] {
  const { text, tree, model } = document;
  const found: Span[] = [wordAt(text, offset), { start: 0, end: text.length }];
  const add = (spans: readonly Span[]): void => spans.forEach((one) => found.push(one));
  for (const nested of nodesAt(tree, offset)) {
    found.push(nested.node.span);
    add(partsOf(nested));
  }
  const instruction = model.instructionAt(offset);
  if (instruction) {
    add(argumentsPlace(instruction));
    const script = model.script(instruction);
    if (script) add(inScript(script, offset));
  }
  const stage = model.stages.findLast(({ from }) => from.span.start <= offset);
  const end = stage && Math.max(stage.from.span.end, stage.instructions.at(-1)?.span.end ?? 0);
  if (stage && end !== undefined) found.push({ start: stage.from.span.start, end });
  return nestedSpans(found, offset);
}

/** The ranges around the place that are nested in each other. */
function nestedSpans(spans: readonly Span[], offset: number): readonly Span[] {
  const here = spans.filter((span) => contains(span, offset));
  here.sort((a, b) => a.end - a.start - (b.end - b.start));
  const chain: Span[] = [];
  for (const span of here) {
    const last = chain.at(-1);
    if (last === undefined) chain.push(span);
    else if (encloses(span, last) && span.end - span.start > last.end - last.start)
      chain.push(span);
  }
  return chain;
}

/** Parts of a node that are not nodes. */
function partsOf({ kind, node }: TreeNode): readonly Span[] {
  switch (kind) {
    case 'variable':
      return node.operand ? [node.nameSpan, node.operand] : [node.nameSpan];
    case 'directive':
      return [node.nameSpan];
    case 'heredoc': {
      const { body, terminator } = node;
      return [body, { start: body.start, end: (terminator ?? body).end }];
    }
    case 'word':
      return inside(node);
    default:
      return [];
  }
}

/** What is in quotes, and the fields of a mount. */
function inside({ raw, span }: Word): readonly Span[] {
  if (raw.length !== span.end - span.start) return [];
  if (/^(["']).*\1$/s.test(raw) && raw.length > 1)
    return [{ start: span.start + 1, end: span.end - 1 }];
  return raw.includes('=') && raw.includes(',') ? mountParts(raw, span.start) : [];
}

/** The arguments after the keyword and the flags. */
function argumentsPlace({ flags, keyword, span, words }: Instruction): readonly Span[] {
  const [first] = words;
  const behind = flags.at(-1)?.span.end ?? keyword.span.end;
  return first && first.span.start >= behind ? [{ start: first.span.start, end: span.end }] : [];
}

function inScript(script: Script, offset: number): readonly Span[] {
  const { statements } = script;
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last) return [];
  const found: Span[] = [{ start: first.span.start, end: last.span.end }];
  for (const statement of statements) inStatement(statement, offset, found);
  return found;
}

function inStatement(statement: Statement, offset: number, found: Span[]): void {
  if (!contains(statement.span, offset)) return;
  found.push(statement.span);
  switch (statement.kind) {
    case 'command':
      for (const word of wordsOf(statement)) inWord(word, offset, found);
      return;
    case 'block':
      for (const word of blockWords(statement)) inWord(word, offset, found);
      for (const body of statement.bodies) inStatement(body, offset, found);
      return;
    default:
      for (const part of statement.parts) inStatement(part, offset, found);
  }
}

function wordsOf({ assignments, name, args, redirects }: Command): readonly ShellWord[] {
  const targets = redirects.map(({ target }) => target);
  return [...assignments, name, ...args, ...targets].filter((word) => word !== undefined);
}

function blockWords({ words, redirects }: Block): readonly ShellWord[] {
  return [...words, ...redirects.map(({ target }) => target)].filter((word) => word !== undefined);
}

function inWord(word: ShellWord, offset: number, found: Span[]): void {
  if (!contains(word.span, offset)) return;
  found.push(word.span);
  const { raw, span, variables, scripts } = word;
  if (/^(["']).*\1$/s.test(raw) && raw.length > 1 && raw.length === span.end - span.start)
    found.push({ start: span.start + 1, end: span.end - 1 });
  for (const variable of variables) found.push(variable.span, variable.nameSpan);
  for (const statement of scripts) inStatement(statement, offset, found);
}

/** Letters, digits and `_` around a place; empty between other characters. */
function wordAt(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
  while (/\w/.test(text.charAt(end))) end++;
  return { start, end };
}
