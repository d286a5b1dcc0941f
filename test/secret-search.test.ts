import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { secretsInFiles, secretsInTexts } from './secret-search.ts';

const secrets = { token: 'p@ss-word-1234567', other: 'another-secret-00' };

test.each([
  ['itself', 'a p@ss-word-1234567 b'],
  ['in an address', `https://me:${encodeURIComponent('p@ss-word-1234567')}@host`],
  ['in hexadecimal digits', Buffer.from('p@ss-word-1234567').toString('hex')],
  ['in base64', Buffer.from('p@ss-word-1234567').toString('base64')],
  ['in base64 after one character', Buffer.from('a:p@ss-word-1234567').toString('base64')],
  ['in base64 after two characters', Buffer.from('me:p@ss-word-1234567').toString('base64')],
])('finds a secret %s', (_, text) => {
  expect(secretsInTexts({ log: text, state: 'p@ss-word' }, secrets)).toEqual(['log: token']);
});

test('finds secrets in files and in their names', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-search-'));
  mkdirSync(path.join(folder, 'a'));
  writeFileSync(path.join(folder, 'a/b'), Buffer.from('\0\0p@ss-word-1234567'));
  writeFileSync(path.join(folder, 'another-secret-00'), '');
  writeFileSync(path.join(folder, 'left-out'), 'p@ss-word-1234567');
  expect([...secretsInFiles(folder, secrets, [path.join(folder, 'left-out')])].sort()).toEqual([
    'a/b: token',
    'another-secret-00: other',
  ]);
  rmSync(folder, { recursive: true });
});
