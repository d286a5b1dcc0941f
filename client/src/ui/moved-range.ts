/** Where a range of a text is after the text has changed. */
import type { TextEdit, TextRange } from './build-marks.ts';

/**
 * The range after an edit of the text; undefined if the edit changes it. Lines that are inserted or removed directly before
 * or after it do not change it.
 */
export function moveRange(range: TextRange, edit: TextEdit, text: string): TextRange | undefined {
  const { start, end } = range;
  const before = edit.text === '' ? text.slice(0, edit.start) : edit.text;
  if (edit.end < start || (edit.end === start && /(^|\n)$/.test(before))) {
    const shift = edit.text.length - (edit.end - edit.start);
    return { start: start + shift, end: end + shift };
  }
  const after = edit.text === '' ? text.slice(edit.end, edit.end + 2) : edit.text;
  return edit.start > end || (edit.start === end && /^(\r?\n|$)/.test(after)) ? range : undefined;
}

/** The text after an edit. */
export function applyEdit(text: string, edit: TextEdit): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

/** The one edit that turns a text into another; undefined if they are equal. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (
    same < most - start &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  ) {
    same += 1;
  }
  return {
    start,
    end: before.length - same,
    text: after.slice(start, after.length - same),
  };
}

/** The line and the character of an offset, both from 0. */
export function positionAt(
  text: string,
  offset: number,
): { readonly line: number; readonly character: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, character: offset - lineStart };
}
