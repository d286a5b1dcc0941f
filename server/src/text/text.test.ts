import { describe, expect, test } from 'vitest';
import { dockerfile } from './dedent.ts';
import { applyEdits, insert, overlaps, remove, replace } from './edit.ts';
import { firstOf } from './first-of.ts';
import { wordHashes, fingerprint, mayContain } from './fingerprint.ts';
import { lines } from './lines.ts';
import { contains, encloses, slice, span } from './span.ts';

test('converts offsets to positions and back for any line break', () => {
  const text = 'a\nbé\r\n\rc😀';
  const map = lines(text);
  expect(map.count).toBe(4);
  expect(map.positionAt(3)).toEqual({ line: 1, character: 1 });
  expect(map.positionAt(text.length)).toEqual({ line: 3, character: 3 });
  for (let offset = 0; offset <= text.length; offset++) {
    // There is no position between CR and LF.
    if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
    expect(map.offsetAt(map.positionAt(offset))).toBe(offset);
  }
});

test('moves positions outside a text into it', () => {
  const map = lines('ab\r\nc');
  expect(map.offsetAt({ line: 0, character: 99 })).toBe(2);
  expect(map.offsetAt({ line: -1, character: 3 })).toBe(0);
  expect(map.offsetAt({ line: 9, character: 0 })).toBe(5);
  expect(map.positionAt(-5)).toEqual({ line: 0, character: 0 });
  expect(map.positionAt(99)).toEqual({ line: 1, character: 1 });
  expect(lines('').positionAt(0)).toEqual({ line: 0, character: 0 });
});

test('applies edits with offsets of the text before them', () => {
  const edits = [replace(span(4, 7), 'RUN'), insert(0, '# '), remove(span(7, 9))];
  expect(applyEdits('one two  x', edits)).toBe('# one RUNx');
  expect(applyEdits('one', [])).toBe('one');
});

test('edits overlap when they touch the same characters or insert at one place', () => {
  expect(overlaps(remove(span(0, 3)), remove(span(2, 4)))).toBe(true);
  expect(overlaps(remove(span(0, 3)), remove(span(3, 4)))).toBe(false);
  expect(overlaps(insert(3, 'a'), insert(3, 'b'))).toBe(true);
  expect(overlaps(insert(3, 'a'), remove(span(3, 5)))).toBe(false);
});

test('spans contain offsets and other spans', () => {
  expect(contains(span(1, 3), 3)).toBe(true);
  expect(contains(span(1, 3), 4)).toBe(false);
  expect(encloses(span(1, 5), span(1, 5))).toBe(true);
  expect(encloses(span(1, 5), span(0, 2))).toBe(false);
  expect(slice('abcdef', span(2, 4))).toBe('cd');
});

test('removes the common indentation of Dockerfiles in source code', () => {
  expect(dockerfile`
    FROM a
    RUN x \
      && y

    CMD \`z\` \${A}
  `).toBe('FROM a\nRUN x \\\n  && y\n\nCMD `z` ${A}\n');
});

describe('fingerprint', () => {
  const text = 'RUN curl -kfsSL https://Example.org\n';

  test('finds every word of a text, in uppercase and lowercase', () => {
    const bits = fingerprint(text);
    for (let from = 0; from < text.length; from++)
      for (let to = from + 1; to <= text.length; to++) {
        expect(mayContain(bits, wordHashes(text.slice(from, to)))).toBe(true);
        expect(mayContain(bits, wordHashes(text.slice(from, to).toUpperCase()))).toBe(true);
      }
  });

  test('excludes words that are not in the text, and accepts one of several', () => {
    const bits = fingerprint(text);
    expect(mayContain(bits, wordHashes('wget'))).toBe(false);
    expect(mayContain(bits, wordHashes('wget', 'CURL'))).toBe(true);
    expect(mayContain(bits, wordHashes())).toBe(false);
  });
});

test('takes the first items and finds no further ones', () => {
  let found = 0;
  function* numbers(): Iterable<number> {
    while (found < 10) yield found++;
  }
  expect(firstOf(numbers(), 3)).toEqual([0, 1, 2]);
  expect(found).toBeLessThan(5);
  expect(firstOf([1, 2], 3)).toEqual([1, 2]);
});
