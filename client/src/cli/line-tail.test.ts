import { expect, test } from 'vitest';
import { LineTail } from './line-tail.ts';

test('keeps the lines of both streams whole when one interrupts the other', () => {
  const tail = new LineTail(10);
  tail.add('E', 'stderr');
  tail.add('Building dependency tree...\nDo', 'stdout');
  tail.add(': Unable to locate package a\n', 'stderr');
  expect(tail.lines).toEqual([
    'Building dependency tree...',
    'E: Unable to locate package a',
    'Do',
  ]);
});

test('keeps the last lines, each as it was last written', () => {
  const tail = new LineTail(2);
  tail.add('one\ntwo\n10 %\r20 %\r\nthree');
  expect(tail.lines).toEqual(['20 %', 'three']);
});
