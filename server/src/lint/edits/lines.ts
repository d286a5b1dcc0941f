/** Instructions with their lines, for fixes that take them out or put others in front. */
import type { Model } from '../../model/model.ts';
import { insert, remove, type Edit } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';

/** Takes an instruction away with its line break; comments above it stay. */
export function withoutLine({ tree: { text } }: Model, { span }: Node): Edit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', Math.max(span.start, span.end - 1));
  return remove({ start, end: next < 0 ? text.length : next + 1 });
}

/** The line break that the file has. */
export function lineBreak({ tree: { text } }: Model): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Puts an instruction in front of another one, and of the comments that speak of that. */
export function lineAbove(model: Model, { span }: Node, line: string): Edit {
  const { text, comments } = model.tree;
  let start = span.start;
  for (const comment of comments.filter((one) => !one.inside).reverse()) {
    if (comment.span.start > start) continue;
    if (!/^\r?\n[ \t]*$/.test(text.slice(comment.span.end, start))) break;
    ({ start } = comment.span);
  }
  return insert(start, `${line}${lineBreak(model)}`);
}
