import { expect, test } from 'vitest';
import { bytesOfText, displayName, isPlainText, normalizePath, textOfBytes } from './names.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('every name has one text, which leads back to its bytes', () => {
  const names = [
    'plain',
    '\xff',
    'a\xe2\x82',
    '\xc0\xaf',
    '\xed\xa0\x80',
    '\xf4\x90\x80\x80',
    '\xef\xbb\xbfx',
    Buffer.from('名字 é 😀').toString('latin1'),
    // Characters that stand for bytes elsewhere.
    Buffer.from('\uf780\uf7ff').toString('latin1'),
  ];
  const texts = names.map((name) => textOfBytes(bytes(name)));
  expect(new Set(texts).size).toBe(names.length);
  texts.forEach((text, index) => {
    expect(bytesOfText(text)).toEqual(bytes(names[index] ?? ''));
    // Valid Unicode, as URIs and JSON require.
    expect(() => encodeURIComponent(text)).not.toThrow();
  });
});

test('random bytes survive', () => {
  for (let seed = 1; seed < 500; seed++) {
    const random = Buffer.from(Array.from({ length: 12 }, (_, at) => (seed * 7919 + at * 104729 * seed) % 256)); // prettier-ignore
    expect(bytesOfText(textOfBytes(random))).toEqual(random);
  }
});

test('shows invisible characters and bytes as escapes', () => {
  expect(displayName('a\nb\t\u202eexe')).toBe('a\\nb\\t\\u202eexe');
  const text = textOfBytes(bytes('x\xff'));
  expect([displayName(text), isPlainText(text), isPlainText('x')]).toEqual(['x\\xff', false, true]);
});

test('normalizes paths without leaving the root', () => {
  expect(['/a/./b//c/', '../../x', '/a/../..', ''].map(normalizePath)).toEqual(['/a/b/c', '/x', '/', '/']); // prettier-ignore
});
