import { describe, expect, test } from 'vitest';
import { LogBatchBuilder } from '../engine/docker-api/log-batch-builder.ts';
import type { LogBatch } from '../engine/log-batch.ts';
import { LineNumbers } from './line-numbers.ts';
import { shownLine, continuationBit, levelMask } from './log-chunk.ts';
import { LogPosition } from './log-position.ts';
import { LogStore, sourceOf } from './log-store.ts';
import { mergeBatches, mergeLogs } from './merge.ts';

/** A batch of `second text` lines. */
function batchOf(...lines: readonly string[]): LogBatch {
  const builder = new LogBatchBuilder();
  for (const line of lines) {
    const [, second = '0', text = ''] = /^(\d+) (.*)$/s.exec(line) ?? [];
    const bytes = Buffer.from(text);
    builder.add(bytes, 0, bytes.length, { seconds: Number(second), nanoseconds: 0 }, false);
  }
  return builder.take();
}

function textOf(store: LogStore, number: number): string | undefined {
  const line = store.line(number);
  return line && shownLine(line.chunk, line.index);
}

describe('the lines of a view', () => {
  test('keep their order, containers and numbers over many chunks', () => {
    const store = new LogStore();
    for (let at = 0; at < 50_000; at += 500) {
      const lines = Array.from({ length: 500 }, (_, index) => `${at} line ${at + index}`);
      store.append(batchOf(...lines), (at / 500) % 3);
    }
    expect([store.first, store.end, store.chunks.length > 3]).toEqual([0, 50_000, true]);
    for (const number of [0, 1, 8191, 8192, 20_000, 49_999])
      expect(textOf(store, number)).toBe(`line ${number}`);
    expect(sourceOf(store.line(500)!)).toBe(1);
    expect(store.line(50_000)).toBeUndefined();
  });

  test('drop the oldest ones beyond the limit, and count them', () => {
    const store = new LogStore(3_000_000);
    for (let at = 0; at < 60_000; at += 500)
      store.append(batchOf(...Array.from({ length: 500 }, (_, index) => `1 ERROR ${'x'.repeat(100)} ${at + index}`)), 0); // prettier-ignore
    expect(store.bytes).toBeLessThanOrEqual(3_000_000);
    expect(store.dropped).toBe(store.first);
    expect(store.first).toBeGreaterThan(20_000);
    expect(store.end).toBe(60_000);
    expect(store.errors.count).toBe(60_000 - store.first);
    expect(textOf(store, store.first - 1)).toBeUndefined();
    expect(textOf(store, 59_999)).toMatch(/ 59999$/);
  });

  test('keep a line that is longer than a chunk', () => {
    const store = new LogStore();
    store.append(batchOf(`1 ${'é'.repeat(1_000_000)}`, '1 next'), 0);
    expect(textOf(store, 0)?.length).toBe(1_000_000);
    expect(textOf(store, 1)).toBe('next');
  });

  test('have levels; lines that continue another one have its level and are not counted', () => {
    const store = new LogStore();
    store.append(batchOf('1 ERROR x', '1     at y', '1 WARN z', '1 plain'), 0);
    store.append(batchOf('1     at other container'), 1);
    const bits = [0, 1, 2, 3, 4].map((number) => store.line(number)!.chunk.bits[number] ?? 0);
    expect(bits.map((one) => one & levelMask)).toEqual([5, 5, 4, 0, 0]);
    expect(bits.map((one) => (one & continuationBit) !== 0)).toEqual([false, true, false, false, true]); // prettier-ignore
    expect([store.errors.count, store.warnings.count]).toEqual([1, 1]);
  });

  test('are shown as a terminal finally shows them', () => {
    const store = new LogStore();
    store.append(batchOf('1 10%\r100%\r', '1 \u001b[31mred\u001b[0m\u001b[2J', '1 ☃ 你好', '1 a\tb\r'), 0); // prettier-ignore
    expect([0, 1, 2, 3].map((number) => textOf(store, number))).toEqual(['100%', 'red', '☃ 你好', 'a\tb']); // prettier-ignore
  });
});

test('a list of line numbers finds places, also after the first were dropped', () => {
  const list = new LineNumbers();
  for (let number = 0; number < 5000; number += 2) list.push(number);
  list.pushAll(Uint32Array.of(6000, 6001));
  list.dropBefore(1001);
  expect([list.first, list.end, list.count]).toEqual([501, 2502, 2001]);
  expect([list.at(500), list.at(501), list.at(2501)]).toEqual([undefined, 1002, 6001]);
  expect([list.placeOf(1003), list.has(1003), list.has(1004)]).toEqual([502, false, true]);
});

describe('merging by time', () => {
  const taken =
    (lines: string[]) => (source: number, batch: LogBatch, from: number, to: number) => {
      for (let line = from; line < to; line++) {
        const start = line === 0 ? 0 : (batch.ends[line - 1] ?? 0) + 1;
        lines.push(
          `${source} ${Buffer.from(batch.text.subarray(start, batch.ends[line])).toString()}`,
        );
      }
    };

  test('keeps the order of each log, and takes the earliest line', () => {
    const lines: string[] = [];
    mergeBatches(
      [
        { source: 0, batch: batchOf('1 a', '3 b') },
        { source: 1, batch: batchOf('2 c', '2 d', '9 e') },
        { source: 0, batch: batchOf('2 late', '8 f') },
      ],
      taken(lines),
    );
    expect(lines).toEqual(['0 a', '1 c', '1 d', '0 b', '0 late', '0 f', '1 e']);
  });

  test('reads logs no faster than necessary, and goes on when one fails', async () => {
    const lines: string[] = [];
    const failed: number[] = [];
    async function* log(...batches: readonly LogBatch[]): AsyncGenerator<LogBatch> {
      for (const batch of batches) yield await Promise.resolve(batch);
    }
    async function* broken(): AsyncGenerator<LogBatch> {
      throw await Promise.resolve(new Error('no'));
    }
    const logs = [
      { source: 0, batches: log(batchOf('1 a', '4 d'), batchOf('5 e')) },
      { source: 1, batches: broken() },
      { source: 2, batches: log(batchOf('2 b'), batchOf('3 c', '6 f')) },
    ];
    for await (const { source, batch, from, to } of mergeLogs(logs, (source) =>
      failed.push(source),
    ))
      taken(lines)(source, batch, from, to);
    expect(lines).toEqual(['0 a', '2 b', '2 c', '0 d', '0 e', '2 f']);
    expect(failed).toEqual([1]);
  });
});

describe('reading a log again', () => {
  test('leaves out what was read, also if times are not in order', () => {
    const position = new LogPosition();
    expect(position.advance(batchOf('1 a', '3 b', '2 c', '3 d'))).toBe(0);
    expect(position.since).toBe(3);
    position.readAgain();
    // The engine sends all lines from second 3 on, in its order.
    expect(position.advance(batchOf('3 b', '3 d', '3 e', '4 f'))).toBe(2);
    position.readAgain();
    expect(position.advance(batchOf('4 f'))).toBe(1);
    expect(position.advance(batchOf('4 g'))).toBe(0);
  });

  test('leaves out lines before the first one that was requested', () => {
    const position = new LogPosition();
    const time = (nanoseconds: number, text: string) => {
      const builder = new LogBatchBuilder();
      builder.add(Buffer.from(text), 0, text.length, { seconds: 7, nanoseconds }, false);
      return builder.take();
    };
    position.advance(time(500, 'first requested'));
    position.readAgain();
    expect(position.advance(time(100, 'older'))).toBe(1);
    expect(position.advance(time(500, 'first requested'))).toBe(1);
    expect(position.advance(time(600, 'new'))).toBe(0);
  });
});
