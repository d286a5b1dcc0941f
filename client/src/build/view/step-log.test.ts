import { expect, test } from 'vitest';
import { StepLog } from './step-log.ts';

const gap = (lines: number) => `(${lines} lines)`;

function logOf(...pieces: readonly string[]): StepLog {
  const log = new StepLog();
  for (const piece of pieces) log.append(piece);
  return log;
}

test('joins lines that arrive in pieces', () => {
  const log = logOf('on', 'e\ntw', 'o\nthree');
  expect(log.head.lines).toEqual(['one', 'two']);
  expect(log.unfinished).toBe('three');
  expect(log.text(gap)).toBe('one\ntwo\nthree');
});

test.each([
  ['in one piece', ['10 %\r50 %\r100 %\r\nnext\n']],
  ['in pieces', ['10 %', '\r50', ' %\r', '100 %\r', '\nnext\n']],
  ['with carriage returns before the text', ['\r10 %', '\r50 %', '\r100 %', '\nnext\n']],
])('keeps only the last state of a progress bar %s', (_, pieces) => {
  expect(logOf(...pieces).head.lines).toEqual(['100 %', 'next']);
});

test('shows the state of a progress bar that has not ended', () => {
  expect(logOf('10 %\r', '50 %\r').unfinished).toBe('50 %');
});

test('keeps the first and last lines of a long output, and counts the others', () => {
  const log = new StepLog();
  const total = 1_000_000;
  for (let line = 0; line < total; line += 100) {
    log.append(Array.from({ length: 100 }, (_, index) => `line ${line + index}\n`).join(''));
  }
  expect(log.count).toBe(total);
  const lines = log.text(gap).split('\n');
  expect(lines).toHaveLength(5201);
  expect(lines[0]).toBe('line 0');
  expect(lines[199]).toBe('line 199');
  expect(lines[200]).toBe('(994800 lines)');
  expect(lines.at(-1)).toBe('line 999999');
});

test('returns the last lines from a number on, and at most as many as asked for', () => {
  const log = new StepLog();
  for (let line = 0; line < 20_000; line++) log.append(`${line}\n`);
  expect(log.tail(19_998, 100)).toEqual({ first: 19_998, lines: ['19998', '19999'] });
  expect(log.tail(0, 2)).toEqual({ first: 19_998, lines: ['19998', '19999'] });
  expect(log.tail(0, Infinity).first).toBe(15_000);
  expect(log.tail(20_000, 5)).toEqual({ first: 20_000, lines: [] });
});

test('does not return lines of the head again', () => {
  const log = logOf('a\nb\n');
  expect(log.tail(0, 10)).toEqual({ first: 2, lines: [] });
});

test('limits the length of a line', () => {
  const log = logOf('x'.repeat(5000), 'y'.repeat(5000), '\nz\n');
  expect(log.head.lines.map((line) => line.length)).toEqual([2000, 1]);
});

test('keeps the lines of both streams whole when one interrupts the other', () => {
  const log = new StepLog();
  log.append('E', 'stderr');
  log.append('Building dependency tree...\nDo', 'stdout');
  expect(log.unfinished).toBe('Do');
  log.append(': Unable to locate package a\n', 'stderr');
  expect(log.unfinished).toBe('Do');
  expect(log.text(() => '')).toBe('Building dependency tree...\nE: Unable to locate package a\nDo');
});
