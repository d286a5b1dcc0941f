import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import copyIn from './copy-in.ts';
import copyOut from './copy-out.ts';

describe('copying', () => {
  test('into a container asks before it overwrites a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const file = join(folder, 'a.txt');
    await writeFile(file, 'new');
    const world = { containers: [{ name: 'web', files: { '/tmp/a.txt': 'old' } }] };
    const t = trial(world, ['/tmp/', undefined, '/tmp/', 'Overwrite']);
    await expect(t.runOn(copyIn, [file], 'web')).rejects.toThrow('Cancelled');
    await t.runOn(copyIn, [file], 'web');
    expect(t.seen.filter((line) => !line.startsWith(' '))).toEqual([
      'ask: Copy Files to web ‹/›',
      'progress: Copying a.txt to web',
      'confirm: Overwrite /tmp/a.txt in web? [Overwrite]',
      'ask: Copy Files to web ‹/tmp/›',
      'progress: Copying a.txt to web',
      'confirm: Overwrite /tmp/a.txt in web? [Overwrite]',
      'info: Copied to web:/tmp/ (3 B).',
    ]);
    await rm(folder, { recursive: true });
  });

  test('from a container writes to the selected folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const t = trial({ containers: [{ name: 'web', files: { '/tmp/a.txt': 'text' } }] }, [
      '/tmp/a.txt',
      folder,
    ]);
    await t.run(copyOut, 'web');
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('text');
    expect(t.seen[0]).toBe('ask: Copy Files from web ‹›');
    expect(t.seen.at(-1)).toBe(`info: Copied to ${folder} (4 B).`);
    await rm(folder, { recursive: true });
  });
});
