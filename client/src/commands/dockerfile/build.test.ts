import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import build from './build.ts';

describe('build', () => {
  test('asks for the Dockerfile and the image name, and remembers the build', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const file = join(folder, 'Dockerfile');
    await writeFile(file, 'FROM scratch\n');
    const editor = { findDockerfiles: () => Promise.resolve([file, '/other/Dockerfile']) };
    const t = trial({}, ['Dockerfile', 'shop', 'Dockerfile', undefined], { editor });
    await t.run(build);
    await t.run(build);
    expect(t.seen.filter((line) => /^(pick|ask|build-view)/.test(line))).toEqual([
      'pick: Build Image: Dockerfile [Dockerfile, Dockerfile]',
      expect.stringMatching(
        /^ask: Build Image: Name and Tag ‹drydock-.*:dev› → Builds shop:latest$/,
      ),
      'build-view: Build shop:latest',
      'pick: Build Image: Dockerfile [Dockerfile, Dockerfile]',
      // The page of the first build shows the second one.
      'build-view: Build shop:latest',
      'build-view: to the front',
    ]);
    await rm(folder, { recursive: true });
  });

  test('reports that the workspace has no Dockerfile', async () => {
    const t = trial({});
    await t.run(build);
    expect(t.seen).toEqual(['info: No Dockerfile found in this workspace.']);
  });
});
