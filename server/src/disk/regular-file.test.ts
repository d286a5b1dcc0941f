import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kindOf, readRegularFile } from './regular-file.ts';

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'drydock-disk-'))));
afterAll(() => rmSync(folder, { recursive: true }));

test('reads regular files up to the limit', () => {
  const file = join(folder, 'file');
  writeFileSync(file, 'x'.repeat(100_000));
  expect(kindOf(file)).toBe('file');
  expect(readRegularFile(file, 100_000)).toHaveLength(100_000);
  expect(() => readRegularFile(file, 99_999)).toThrow('it is larger than 99 kB');
  expect(kindOf(join(folder, 'missing'))).toBeUndefined();
  expect(() => readRegularFile(join(folder, 'missing'), 1)).toThrow(/ENOENT/);
});

test('does not read directories', () => {
  mkdirSync(join(folder, 'directory'));
  expect(kindOf(join(folder, 'directory'))).toBe('folder');
  expect(() => readRegularFile(join(folder, 'directory'), 10)).toThrow('it is a directory');
});

test.skipIf(process.platform === 'win32')('does not wait for pipes', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  symlinkSync(pipe, join(folder, 'link'));
  for (const file of [pipe, join(folder, 'link')]) {
    expect(kindOf(file)).toBe('other');
    expect(() => readRegularFile(file, 10)).toThrow('it is not a regular file');
  }
});

test.skipIf(process.platform === 'win32')('does not read devices and sockets', async () => {
  expect(kindOf('/dev/zero')).toBe('other');
  expect(() => readRegularFile('/dev/zero', 10)).toThrow('it is not a regular file');
  const socket = join(folder, 'socket');
  const server = createServer();
  await new Promise<void>((done) => server.listen(socket, done));
  expect(kindOf(socket)).toBe('other');
  expect(() => readRegularFile(socket, 10)).toThrow();
  server.close();
});

test.runIf(process.platform === 'linux')('reads files whose size is not known before', () => {
  expect(readRegularFile('/proc/self/status', 100_000).length).toBeGreaterThan(100);
  expect(() => readRegularFile('/proc/self/status', 100)).toThrow(/larger/);
});
