import { describe, expect, test } from 'vitest';
import { applyEdit, editBetween, moveRange, positionAt } from './moved-range.ts';

const before = 'FROM a\nRUN x\nCMD y\n';
/** `RUN x`. */
const range = { start: 7, end: 12 };

function movedTo(after: string): string | undefined {
  const edit = editBetween(before, after);
  const moved = edit === undefined ? range : moveRange(range, edit, before);
  return moved && after.slice(moved.start, moved.end);
}

describe('moveRange', () => {
  test.each([
    ['the same text', before],
    ['lines inserted at the top', `# c\n# d\n${before}`],
    ['lines inserted directly before', 'FROM a\n# c\nRUN x\nCMD y\n'],
    ['a line removed before', 'RUN x\nCMD y\n'],
    ['a change before', 'FROM abc\nRUN x\nCMD y\n'],
    ['lines inserted directly after', 'FROM a\nRUN x\n# c\nCMD y\n'],
    ['a change after', 'FROM a\nRUN x\nCMD z\n'],
    ['all removed after', 'FROM a\nRUN x'],
  ])('follows the instruction after %s', (_, after) => {
    expect(movedTo(after)).toBe('RUN x');
  });

  test.each([
    ['a change inside', 'FROM a\nRUN z\nCMD y\n'],
    ['text added at its end', 'FROM a\nRUN x && z\nCMD y\n'],
    ['text added at its start', 'FROM a\n# RUN x\nCMD y\n'],
    ['its removal', 'FROM a\nCMD y\n'],
    ['a change over its start', 'FROM RUN x\nCMD y\n'],
    ['an empty text', ''],
  ])('is lost after %s', (_, after) => {
    expect(movedTo(after)).toBeUndefined();
  });

  test('follows the instruction when lines before and after it change one after another', () => {
    const first = moveRange(range, { start: 13, end: 18, text: 'CMD long' }, before);
    expect(first).toEqual(range);
    expect(moveRange(range, { start: 0, end: 6, text: 'FROM longer' }, before)).toEqual({
      start: 12,
      end: 17,
    });
  });
});

test('applies the edit between two texts', () => {
  for (const after of ['', 'FROM b\nRUN x\n', `${before}${before}`]) {
    const edit = editBetween(before, after);
    expect(edit && applyEdit(before, edit)).toBe(after);
  }
});

test('finds the edit between two texts with repeated lines', () => {
  expect(editBetween('a\na\na\n', 'a\na\n')).toEqual({ start: 4, end: 6, text: '' });
  expect(editBetween('a', 'a')).toBeUndefined();
});

test.each([
  [0, 0, 0],
  [8, 1, 1],
  [19, 3, 0],
])('converts offset %d to line %d and character %d', (offset, line, character) => {
  expect(positionAt(before, offset)).toEqual({ line, character });
});
