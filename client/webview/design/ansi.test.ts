import { expect, test } from 'vitest';
import { parseAnsi } from './ansi.ts';

const texts = (line: string) =>
  parseAnsi(line)
    .segments.map(({ text }) => text)
    .join('');

test('splits a line into styles', () => {
  expect(parseAnsi('a\x1b[1;31mb\x1b[22mc\x1b[0md').segments).toEqual([
    { text: 'a', style: {} },
    { text: 'b', style: { bold: true, color: 'red' } },
    { text: 'c', style: { bold: false, dim: false, color: 'red' } },
    { text: 'd', style: {} },
  ]);
});

test('continues with the style of the line before', () => {
  const { style } = parseAnsi('\x1b[33mwarning');
  expect(parseAnsi('more', style).segments).toEqual([{ text: 'more', style: { color: 'yellow' } }]);
});

test.each([
  ['\x1b[91mx', 'bright-red'],
  ['\x1b[38;5;1mx', 'red'],
  ['\x1b[38;5;196mx', 'bright-red'],
  ['\x1b[38;5;244mx', 'bright-black'],
  ['\x1b[38;2;0;200;10mx', 'green'],
  ['\x1b[38:2:250:250:10mx', 'bright-yellow'],
  ['\x1b[31m\x1b[39mx', undefined],
  ['\x1b[48;5;1;32mx', 'green'],
  ['\x1b[38;5mx', 'black'],
  ['\x1b[999mx', undefined],
])('reads the color of %j', (line, color) => {
  expect(parseAnsi(line).segments.at(-1)?.style.color).toBe(color);
});

test.each([
  ['\x1b[2J\x1b[H\x1b[?25ltext\x1b[K', 'text'],
  ['\x1b]0;title\x07text', 'text'],
  ['\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\', 'link'],
  ['\x1bPq#0;2;0;0;0#0~~\x1b\\text', 'text'],
  ['bell\x07 back\x08 tab\t', 'bell back tab\t'],
  ['unfinished\x1b]0;never ends', 'unfinished'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
])('shows %j as text', (line, text) => {
  expect(texts(line)).toBe(text);
});

test('reads a long line of sequences in linear time', () => {
  const { segments } = parseAnsi('\x1b[31mx\x1b[0m'.repeat(100_000));
  expect(segments).toHaveLength(100_000);
  expect(texts('\x1b]'.repeat(100_000))).toBe('');
});
