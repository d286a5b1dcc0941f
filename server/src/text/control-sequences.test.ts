import { expect, test } from 'vitest';
import { plainText, withColorsOnly, withoutSequences } from './control-sequences.ts';

test.each([
  ['colors', '\u001b[1;31mred\u001b[0m', 'red'],
  ['colors with colons', '\u001b[38:5:196mred', 'red'],
  ['cursor movements', 'a\u001b[2K\u001b[?25lb', 'ab'],
  ['titles', '\u001b]0;title\u0007text', 'text'],
  ['links', '\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['device strings', '\u001bP1$r0m\u001b\\text', 'text'],
  ['character sets', '\u001b(Btext', 'text'],
  ['strings without an end, up to that of the line', '\u001b]0;title\ntext', '\ntext'],
])('removes %s', (_, text, expected) => {
  expect(withoutSequences(text)).toBe(expected);
  expect(plainText(text)).toBe(expected);
});

test('keeps colors and removes everything else', () => {
  expect(withColorsOnly('\u001b[31mred\u001b[0m\u001b[2J\u001b]0;title\u0007')).toBe(
    '\u001b[31mred\u001b[0m',
  );
});

test('removes control characters, and keeps tabs and ends of lines', () => {
  expect(plainText('a\u0007\tb\r\n\u009bc\u001b')).toBe('a\tb\nc');
});

test('takes linear time for sequences without an end', () => {
  const text = '\u001b]'.repeat(200_000);
  expect(plainText(text)).toBe('');
});
