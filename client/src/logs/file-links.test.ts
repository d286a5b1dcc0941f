import { expect, test } from 'vitest';
import { findFileLinks, pathEnds } from './file-links.ts';

const found = (text: string) => findFileLinks(text).map(({ path, line }) => `${path}:${line}`);

test.each([
  ['    at charge (/app/src/payment.ts:118:11)', '/app/src/payment.ts:118'],
  ['src/main.rs:2:5', 'src/main.rs:2'],
  ['\tat com.example.Foo.bar(Foo.java:12)', 'Foo.java:12'],
  ['  File "/app/main.py", line 7, in <module>', '/app/main.py:7'],
  ['PHP Fatal error: x in /var/www/a.php on line 3', '/var/www/a.php:3'],
  ['main.go:12 +0x1d', 'main.go:12'],
  ['"at": "src/payment.ts:118"', 'src/payment.ts:118'],
  ['file:///app/x.js:1:2', '///app/x.js:1'],
  ['C:\\app\\x.cs:5', 'C:\\app\\x.cs:5'],
  ['in pages/[id].tsx:4', 'pages/[id].tsx:4'],
])('finds the file in %j', (text, link) => {
  expect(found(text)).toContain(link);
});

test.each(['10.0.0.1:8080', 'https://cdn.example.com/x.js:1', '12:34:56', 'a.b:c', '/app:80', ''])(
  'finds none in %j',
  (text) => expect(found(text)).toEqual([]),
);

test('reports where the link is in the text', () => {
  const text = 'x (/a/b.ts:1:2) y';
  const [{ start, end } = { start: 0, end: 0 }] = findFileLinks(text);
  expect(text.slice(start, end)).toBe('/a/b.ts:1:2');
});

test('reads hostile lines in linear time', () => {
  for (const part of ['a.b:1', '/', 'File "', 'a', '(', ':1', '../'])
    findFileLinks(part.repeat(100_000));
});

test('lists the ends of a path, and none that leads out of a folder', () => {
  expect(pathEnds('/app/src/a.ts')).toEqual(['app/src/a.ts', 'src/a.ts', 'a.ts']);
  expect(pathEnds('/app/../../etc/passwd')).toEqual([]);
});
