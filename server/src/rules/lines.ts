/** Instructions with their lines, for fixes that take them out or put others in front. */
import type { Model } from '../model/model.ts';
import { remove, type Edit } from '../text/edit.ts';
import type { Node } from '../text/span.ts';

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
