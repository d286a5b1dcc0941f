import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from './replace-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'drydock-replace-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const local = (name: string): string => path.join(home, name);
const isRoot = process.getuid?.() === 0;

test('replaces a file and keeps its permissions and the link to it', () => {
  writeFileSync(local('file'), 'a longer text than after');
  chmodSync(local('file'), 0o755);
  symlinkSync('file', local('link'));
  replaceFile(local('link'), 'after');
  expect(readFileSync(local('file'), 'utf8')).toBe('after');
  expect(statSync(local('file')).mode & 0o7777).toBe(0o755);
  expect(lstatSync(local('link')).isSymbolicLink()).toBe(true);
  expect(readdirSync(home).sort()).toEqual(['file', 'link']);
});

test('rejects a file that does not exist', () => {
  expect(() => {
    replaceFile(local('none'), '');
  }).toThrow('it could not be written');
  expect(readdirSync(home)).toEqual([]);
});

test.runIf(process.platform === 'linux' && isRoot)('changes nothing on a full disk', () => {
  mkdirSync(local('disk'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', local('disk')]);
  try {
    writeFileSync(local('disk/file'), 'before');
    expect(() => {
      replaceFile(local('disk/file'), 'x'.repeat(1 << 20));
    }).toThrow('it could not be written: the disk is full');
    expect(readFileSync(local('disk/file'), 'utf8')).toBe('before');
    expect(readdirSync(local('disk'))).toEqual(['file']);
  } finally {
    execFileSync('umount', [local('disk')]);
  }
});

test.runIf(process.platform === 'linux' && isRoot)('writes a file that is a mount', () => {
  writeFileSync(local('original'), 'before it');
  writeFileSync(local('mounted'), '');
  execFileSync('mount', ['--bind', local('original'), local('mounted')]);
  try {
    replaceFile(local('mounted'), 'after');
    expect(readFileSync(local('original'), 'utf8')).toBe('after');
  } finally {
    execFileSync('umount', [local('mounted')]);
  }
});
