import { expect, test } from 'vitest';
import { LogBatchBuilder } from './docker-api/log-batch-builder.ts';
import { batchPart, copyBatch, type LogBatch } from './log-batch.ts';

/** Adds numbered lines; returns the batch, which is valid until the next lines are added. */
function batchOf(builder: LogBatchBuilder, from: number, to: number): LogBatch {
  for (let line = from; line < to; line++) {
    const bytes = Buffer.from(`line ${line}`);
    builder.add(bytes, 0, bytes.length, { seconds: line, nanoseconds: 1 }, line % 2 === 1);
  }
  return builder.take();
}

const textOf = ({ text }: LogBatch): string => Buffer.from(text).toString();

test('a copy of a batch keeps its lines when the next batch is read', () => {
  const builder = new LogBatchBuilder();
  const copy = copyBatch(batchOf(builder, 0, 3));
  batchOf(builder, 10, 20);
  expect(textOf(copy)).toBe('line 0\nline 1\nline 2\n');
  expect([...copy.seconds]).toEqual([0, 1, 2]);
  expect([...copy.errors]).toEqual([0, 1, 0]);
});

test('a copy of a part of a batch has only its lines', () => {
  const builder = new LogBatchBuilder();
  const copy = copyBatch(batchPart(batchOf(builder, 0, 5), 2, 4));
  batchOf(builder, 10, 20);
  expect(textOf(copy)).toBe('line 2\nline 3\n');
  expect([...copy.ends]).toEqual([6, 13]);
});
