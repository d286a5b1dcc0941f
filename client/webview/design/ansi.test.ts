import { expect, test } from 'vitest';
import { ansiClasses } from '../../src/ui/ansi-text.ts';
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
  ['\x1b[41mx', 'red'],
  ['\x1b[104mx', 'bright-blue'],
  ['\x1b[48;5;2mx', 'green'],
  ['\x1b[48;2;250;0;0mx', 'bright-red'],
  ['\x1b[48:2::0:0:250;1mx', 'blue'],
  ['\x1b[41;49mx', undefined],
  ['\x1b[41m\x1b[0mx', undefined],
  ['\x1b[58;5;41mx', undefined],
])('reads the background of %j', (line, background) => {
  expect(parseAnsi(line).segments.at(-1)?.style.background).toBe(background);
});

test.each([
  ['\x1b[2;3;4;9mx', 'ansi-dim ansi-italic ansi-underline ansi-strike'],
  ['\x1b[9m\x1b[29mx', ''],
  ['\x1b[4:3mx', 'ansi-underline'],
  ['\x1b[4m\x1b[4:0mx', ''],
  ['\x1b[58:2::1:3:4mx', ''],
  ['\x1b[58;2;1;3;4mx', ''],
  ['\x1b[38:2::255:0:0mx', 'ansi-bright-red'],
  ['\x1b[7mx', 'ansi-inverse'],
  ['\x1b[7;31mx', 'ansi-red ansi-inverse'],
  ['\x1b[7m\x1b[27mx', ''],
  ['\x1b[30;42mx', 'ansi-black ansi-on ansi-on-green'],
  ['\x1b[33;44;7mx', 'ansi-blue ansi-on ansi-on-yellow'],
  ['\x1b[44;7mx', 'ansi-blue ansi-on ansi-on-white'],
])('draws %j with the classes %j', (line, classes) => {
  expect(ansiClasses(parseAnsi(line).segments.at(-1)?.style ?? {})).toBe(classes);
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
