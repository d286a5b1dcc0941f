import { expect, test } from 'vitest';
import { commentsUpTo, firstInstructions, LongFile, nthInstruction } from './long-file.ts';
import { parse } from './parse.ts';

const text = 'FROM a\nUSER b\n# one\nUSER c\n# two\nUSER d\n# three\nUSER e\n# four\n';
const kept = 2;

function longFile(): LongFile {
  const tree = parse(text, undefined, kept);
  if (!(tree instanceof LongFile)) throw new Error('not a long file');
  return tree;
}

test('reads the instructions of a long file up to the one that is needed', () => {
  const tree = longFile();
  expect(tree.soFar.instructions).toHaveLength(kept);
  expect(firstInstructions(tree, kept)).toHaveLength(kept);
  expect(tree.soFar.instructions).toHaveLength(kept);
  expect(nthInstruction(tree, 2)?.span.start).toBe(text.indexOf('USER c'));
  expect(tree.soFar.instructions).toHaveLength(3);
  expect(nthInstruction(tree, 5)).toBeUndefined();
  expect(tree.instructions).toHaveLength(5);
});

test('reads the comments of a long file up to an offset', () => {
  const tree = longFile();
  const two = text.indexOf('# two');
  expect(commentsUpTo(tree, two).map(({ text }) => text)).toEqual([' one']);
  expect(commentsUpTo(tree, two + 1).map(({ text }) => text)).toEqual([' one', ' two']);
  expect(tree.soFar.instructions).toHaveLength(4);
  expect(tree.comments).toHaveLength(4);
});

test('keeps what is read of a long file when text is added below it', () => {
  const before = longFile();
  const second = nthInstruction(before, 2);
  const after = parse(`${text}USER f\n`, before, kept);
  expect(nthInstruction(after, 2)).toBe(second);
  expect(after.instructions).toHaveLength(6);
  expect(after.comments).toHaveLength(4);
});
