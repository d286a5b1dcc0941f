import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import copyAcross from './copy-across.ts';
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
      'path: Copy a.txt to web ‹/› [tmp/]',
      'progress: Copying a.txt to web',
      'confirm: Overwrite /tmp/a.txt in web? (3 B) [Overwrite]',
      'path: Copy a.txt to web ‹/tmp› [a.txt]',
      'progress: Copying a.txt to web',
      'confirm: Overwrite /tmp/a.txt in web? (3 B) [Overwrite]',
      'info: Copied to web:/tmp/ (3 B). [Open] [Reveal in Side Bar]',
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
    expect(t.seen[0]).toBe('path: Copy Files from web ‹/› [tmp/]');
    expect(t.seen.at(-1)).toBe(`info: Copied to ${folder} (4 B). [Open] [Reveal in Explorer]`);
    await rm(folder, { recursive: true });
  });

  test('lists the existing files with their sizes before it overwrites them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    await mkdir(join(folder, 'd'));
    for (const name of ['a', 'b']) await writeFile(join(folder, 'd', name), 'new');
    const world = { containers: [{ name: 'web', files: { '/d/a': 'old', '/d/b': 'older' } }] };
    const t = trial(world, ['/', 'Show List', '/d/a', 'Overwrite 2 Files']);
    await t.runOn(copyIn, [join(folder, 'd')], 'web');
    const list = 'pick: Overwrite 2 existing files in web? [Overwrite 2 Files, /d/a, /d/b]';
    expect(t.seen.filter((line) => line === list)).toHaveLength(2);
    expect(t.world.files('web').text('/d/b')).toBe('new');
    await rm(folder, { recursive: true });
  });

  test('gives the files to the owner that was chosen, and remembers it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    await writeFile(join(folder, 'a.txt'), 'x');
    const t = trial({ containers: [{ name: 'web', files: { '/tmp/': '' } }] }, ['*', 'root', '/tmp', '/tmp/b']); // prettier-ignore
    await t.runOn(copyIn, [join(folder, 'a.txt')], 'web');
    await t.runOn(copyIn, [join(folder, 'a.txt')], 'web');
    expect(t.seen).toContain('option: Owner: root');
    expect(t.editor.getState('copy.owner:web')).toBe('root');
    expect(t.world.files('web').text('/tmp/b')).toBe('x');
    await rm(folder, { recursive: true });
  });

  test('from one container to another asks for the container', async () => {
    const world = {
      containers: [
        { name: 'web', files: { '/app/a': 'one', '/app/deep/b': 'two', '/app/l': { linkTarget: 'a' } } },
        { name: 'api', files: { '/srv/': '', '/srv/app/a': 'old' } },
      ],
    }; // prettier-ignore
    const t = trial(world, ['/app', 'api', '/srv', 'Overwrite']);
    await t.run(copyAcross, 'web');
    expect(t.world.files('api').text('/srv/app/a')).toBe('one');
    expect(t.world.files('api').text('/srv/app/deep/b')).toBe('two');
    expect(t.world.files('api').text('/srv/app/l')).toBe('one');
    expect(t.seen).toContain('confirm: Overwrite /srv/app/a in api? (3 B) [Overwrite]');
    expect(t.seen.at(-1)).toBe(
      'info: Copied to api:/srv (5 files and directories · 6 B). [Reveal in Side Bar]',
    );
  });
});
