import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ignorePaths, randomIgnoreFile } from '../../../test/ignore-files.ts';
import { createRandom } from '../../../test/random.ts';
import { ignoreFilter } from '../../../server/src/ignore/ignore-filter.ts';
import { ignorePatterns } from '../../../server/src/ignore/ignore-lines.ts';
import { walkContext } from '../engine/build-context/walk.ts';
import { isEngineError } from '../engine/errors.ts';
import { readContext } from './read-context.ts';

const folder = mkdtempSync(join(tmpdir(), 'drydock-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const path of ignorePaths) {
  if (ignorePaths.some((other) => other.startsWith(`${path}/`)) || path.includes('\n')) continue;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), '');
}

/** The files that the view shows as included; undefined if the build fails. */
async function shown(ignoreFile: string): Promise<readonly string[] | undefined> {
  const read = readContext({
    folder,
    dockerfile: join(folder, 'Dockerfile'),
    needs: undefined,
    readText: (path) => Promise.resolve(path.endsWith('/.dockerignore') ? ignoreFile : undefined),
    signal: new AbortController().signal,
    report: () => undefined,
  });
  const context = await read.catch(whenRefused);
  return context?.tree.entries
    .filter(({ kind }, i) => kind === 'file' && context.decisions[i]?.isExcluded !== true)
    .map(({ path }) => path)
    .sort();
}

/** The files that the builder sends. */
async function sent(ignoreFile: string): Promise<readonly string[] | undefined> {
  const patterns = ignorePatterns(ignoreFile);
  const exclude = patterns && ignoreFilter(patterns);
  if (exclude === undefined) return undefined;
  const found: string[] = [];
  const walk = async (): Promise<readonly string[]> => {
    for await (const entry of walkContext(folder, { exclude }))
      if (entry.kind === 'file') found.push(entry.path);
    return found.sort();
  };
  return walk().catch(whenRefused);
}

function whenRefused(error: unknown): undefined {
  if (!isEngineError(error)) throw error;
  return undefined;
}

test('shows as included what the builder sends, for ignore files made at random', async () => {
  const next = createRandom(3);
  for (let i = 0; i < 200; i++) {
    const text = randomIgnoreFile(next);
    expect(await shown(text), JSON.stringify(text)).toEqual(await sent(text));
  }
});
