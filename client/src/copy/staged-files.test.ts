import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileEntry } from '../engine/tar.ts';
import { StagedFiles } from './staged-files.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-staged-'));
});
afterEach(() => rm(home, { recursive: true }));

test.skipIf(process.platform === 'win32')(
  'gives every file its mode and time, also where the umask removes bits of new files',
  async () => {
    const files = new StagedFiles();
    const modes = [0o644, 0o666, 0o444, 0o777, 0o600, 0o002, 0, 0o4755];
    const modified = new Date('2020-02-03T04:05:06Z');
    // The second one of each mode is created when it is known what becomes of the mode.
    for (const round of ['a', 'b'])
      for (const mode of modes) {
        const path = join(home, `${round}${mode}`);
        const entry = { ...fileEntry('x', 'content', mode), modified };
        files.complete(files.create(path, entry), Buffer.from('content'), entry);
        const stats = await stat(path);
        expect([stats.mode & 0o7777, stats.mtime]).toEqual([mode & 0o777, modified]);
        await chmod(path, 0o600);
        expect(await readFile(path, 'utf8')).toBe('content');
      }
  },
);
