import { expect, test } from 'vitest';
import { packTar, fileEntry, type TarEntry } from '../engine/tar.ts';
import type { FileRef } from '../ui/files.ts';
import { findInFiles } from './find.ts';

const directory: FileRef = {
  place: { kind: 'container', id: 'c', name: 'web' },
  path: '/srv/app',
};

async function find(entries: readonly TarEntry[], text: string) {
  const { signal } = new AbortController();
  const files = { archive: () => packTar(entries) };
  return findInFiles(files, directory, { text, signal, report: () => undefined });
}

test('finds a text once per line, with its place, in uppercase and lowercase', async () => {
  const { lines, searched, isComplete } = await find(
    [
      fileEntry('./a.txt', 'first\r\n  Needle and needle\nNEEDLE'),
      fileEntry('./sub/b.txt', 'nothing'),
      fileEntry('./sub/名.txt', '名字 needle'),
    ],
    'needle',
  );
  expect(lines).toEqual([
    { path: '/srv/app/a.txt', line: 1, column: 2, length: 6, text: 'Needle and needle' },
    { path: '/srv/app/a.txt', line: 2, column: 0, length: 6, text: 'NEEDLE' },
    { path: '/srv/app/sub/名.txt', line: 0, column: 3, length: 6, text: '名字 needle' },
  ]);
  expect([searched, isComplete]).toEqual([3, true]);
});

test.each(['a.b', '(', '[x]', '$1', '\\d', 'a|b', '/x/', '{2}', '^*+?'])(
  'finds %j as it is typed',
  async (text) => {
    const { lines } = await find([fileEntry('./f', `azb ${text} 1`)], text);
    expect(lines).toMatchObject([{ line: 0, column: 4, length: text.length }]);
  },
);

test('does not search links, binary files and names that lead out of the directory', async () => {
  const link: TarEntry = { name: './link', kind: 'link', mode: 0o777, size: 0, linkTarget: 'needle' }; // prettier-ignore
  const { lines, searched } = await find(
    [
      link,
      fileEntry('./binary', 'needle\0'),
      fileEntry('../../etc/passwd', 'needle'),
      fileEntry('./text', 'needle'),
    ],
    'needle',
  );
  expect(lines.map(({ path }) => path)).toEqual(['/srv/app/text']);
  expect(searched).toBe(2);
});

test('shows the part of a long line that has the text', async () => {
  const { lines } = await find([fileEntry('./min.js', `${'x'.repeat(50_000)}needle${'y'.repeat(50_000)}`)], 'needle'); // prettier-ignore
  expect(lines[0]?.column).toBe(50_000);
  expect(lines[0]?.text).toMatch(/^…x{40}needley{154}$/);
});

test('ends with the largest number of lines', async () => {
  const text = 'needle\n'.repeat(700);
  const { lines, isComplete } = await find([fileEntry('./a', text), fileEntry('./b', text)], 'needle'); // prettier-ignore
  expect([lines.length, isComplete]).toEqual([1000, false]);
});
