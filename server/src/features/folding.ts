/** Folding ranges: stages, long instructions, additional heredocs, comments and marked regions. */
import type { Document } from '../model/document.ts';
import { wholeInstructions } from '../syntax/long-file.ts';
import type { Comment, Run } from '../syntax/tree.ts';
import type { Node, Span } from '../text/span.ts';

export interface Fold {
  readonly span: Span;
  readonly kind: 'stage' | 'instruction' | 'comment' | 'heredoc' | 'region';
}

/**
 * Only ranges of more than one line, sorted by position; if two start on the same line, the outer one comes first.
 */
export function folding(document: Document): readonly Fold[] {
  const { model, tree, lines } = document;
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const stages = model.stages.map(({ from, instructions }): Fold => ({
    kind: 'stage',
    span: { start: from.span.start, end: instructions.at(-1)?.span.end ?? from.span.end },
  }));
  const instructions = tree.instructions.map(({ span }): Fold => ({ kind: 'instruction', span }));
  const heredocs = [...wholeInstructions(tree, [])]
    .flatMap(({ heredocs: [, ...others] }) => others)
    .map(({ body, terminator }): Fold => ({
      kind: 'heredoc',
      span: { start: Math.max(0, body.start - 1), end: terminator?.end ?? body.end },
    }));
  const outside = tree.comments.filter(({ isInside }) => !isInside);
  const inside = tree.comments.filter(({ isInside }) => isInside);
  const inScripts = model.each('RUN').flatMap((run) => heredocComments(document, run));
  const comments = [outside, inside, inScripts].flatMap((all) => blocks(all, lineOf));
  return [...stages, ...instructions, ...heredocs, ...comments, ...regions(outside)]
    .filter(({ span }) => lineOf(span.start) < lineOf(span.end))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** The comment lines in the scripts of heredocs; most languages have the same comments. */
function heredocComments({ text }: Document, { heredocs }: Run): readonly Node[] {
  return heredocs.flatMap(({ body }) =>
    [...text.slice(body.start, body.end).matchAll(/^[ \t]*(#(?!!).*)$/gm)].map(
      ({ 0: line, 1: comment = '', index }) => {
        const start = body.start + index + line.length - comment.length;
        return { span: { start, end: start + comment.length } };
      },
    ),
  );
}

/** Blocks of comments on consecutive lines. */
function blocks(comments: readonly Node[], lineOf: (offset: number) => number): readonly Fold[] {
  const found: Span[] = [];
  for (const { span } of comments) {
    const last = found.at(-1);
    if (last && lineOf(span.start) === lineOf(last.end) + 1) {
      found[found.length - 1] = { start: last.start, end: span.end };
    } else found.push(span);
  }
  return found.map((span) => ({ kind: 'comment', span }));
}

/** From `#region` to `#endregion`; regions can be nested. */
function regions(comments: readonly Comment[]): readonly Fold[] {
  const open: Span[] = [];
  const found: Fold[] = [];
  for (const { text, span } of comments) {
    if (/^\s*#?region\b/.test(text)) open.push(span);
    const start = /^\s*#?endregion\b/.test(text) ? open.pop()?.start : undefined;
    if (start !== undefined) found.push({ kind: 'region', span: { start, end: span.end } });
  }
  return found;
}
