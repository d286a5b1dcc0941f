/** Edits that remove or insert whole instructions. */
import type { Model } from '../../model/model.ts';
import { ModelCache } from '../../model/reads.ts';
import { insert, remove, type Edit } from '../../text/edit.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Fix } from '../rule.ts';

/** Removes an instruction with its line break; comments above it are kept. */
export function removeLine({ source: { text } }: Model, { span }: Node): Edit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', Math.max(span.start, span.end - 1));
  return remove({ start, end: next < 0 ? text.length : next + 1 });
}

const lineBreaks = new ModelCache<Model, string>();

/** The line break of the file. Many fixes insert one, so the whole text is searched once, not for each of them. */
export function lineBreak(model: Model): string {
  return lineBreaks.of(model, ({ source }) => (source.text.includes('\r\n') ? '\r\n' : '\n'));
}

/** The fix that adds an instruction above another one and its comments. */
export function addLineAbove(model: Model, at: Node, line: string): Fix {
  return { title: t('Add `{0}`', line), edits: [insertLineAbove(model, at, line)], safe: false };
}

/** Inserts an instruction above another one and its comments. */
export function insertLineAbove(model: Model, { span }: Node, line: string): Edit {
  const { text, comments } = model.source;
  let start = span.start;
  for (let i = firstFrom(comments, start) - 1; i >= 0; i--) {
    const comment = comments[i];
    // Above a comment within an instruction is the start of that instruction.
    if (comment === undefined || comment.isInside) break;
    if (!/^\r?\n[ \t]*$/.test(text.slice(comment.span.end, start))) break;
    ({ start } = comment.span);
  }
  return insert(start, `${line}${lineBreak(model)}`);
}
