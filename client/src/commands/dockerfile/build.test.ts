import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import build from './build.ts';

describe('build', () => {
  test('asks for file, folder and name, and remembers them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const file = join(folder, 'Dockerfile');
    await writeFile(file, 'FROM scratch\n');
    const editor = { dockerfiles: () => Promise.resolve([file, '/other/Dockerfile']) };
    const t = trial({}, ['Dockerfile', 'shop', 'Dockerfile', undefined], { editor });
    await t.run(build);
    await t.run(build);
    expect(t.seen.filter((line) => !line.startsWith(' ')).map(withoutTime)).toEqual([
      'pick: Build Image: which Dockerfile? [Dockerfile, Dockerfile]',
      expect.stringMatching(
        /^ask: Build Image: which name\? ‹drydock-.*:dev› → Builds shop:latest$/,
      ),
      'printout: Build shop:latest',
      'tell: Built shop:latest in …',
      'pick: Build Image: which Dockerfile? [Dockerfile, Dockerfile]',
      'ask: Build Image: which name? ‹shop:latest›',
    ]);
    await rm(folder, { recursive: true });
  });

  test('a workspace without a Dockerfile is told so', async () => {
    const t = trial({});
    await t.run(build);
    expect(t.seen).toEqual(['tell: There is no Dockerfile in this workspace.']);
  });
});

function withoutTime(line: string): string {
  return line.replace(/ in \d+ s$/, ' in …');
}
