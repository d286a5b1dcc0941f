import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { clientOf } from './client.ts';
import { configuration } from './configuration.ts';
import { foldersOf } from './folders.ts';
import type { Connection, InitializeParams } from './protocol.ts';

const [registered] = rules;

/** The configuration for a client without `workspace/configuration`, with these files. */
function settings(files: Readonly<Record<string, string>>, reads: string[] = []) {
  return configuration({
    connection: {} as Connection,
    client: clientOf({ capabilities: {} } as InitializeParams),
    files: {
      read: (uri) => {
        reads.push(uri);
        return Promise.resolve(files[uri]);
      },
    },
    folders: foldersOf({ workspaceFolders: null, rootUri: null }),
    rules,
    warn: () => undefined,
    trusted: () => false,
  });
}

test('shares equal configurations between directories, also after they are read again', async () => {
  const file = JSON.stringify({ rules: { [registered?.id ?? '']: 'off' } });
  const one = settings({ 'file:///a/.drydock.json': file, 'file:///b/.drydock.json': file });
  const configOf = async (uri: string) => (await one.of(uri)).config;
  const [a, b, c, d] = await Promise.all(
    ['a', 'b', 'c', 'd'].map((folder) => configOf(`file:///${folder}/Dockerfile`)),
  );
  expect(a).toBe(b);
  expect(c).toBe(d);
  expect(a).not.toBe(c);
  one.forget();
  expect(await configOf('file:///a/Dockerfile')).toBe(a);
});

test('uses the nearest project file, and reads those of parent directories once', async () => {
  const id = registered?.id ?? '';
  const reads: string[] = [];
  const file = (severity: string): string => JSON.stringify({ rules: { [id]: severity } });
  const one = settings(
    { 'file:///a/.drydock.json': file('off'), 'file:///a/b/.drydock.json': file('error') },
    reads,
  );
  const severityIn = async (folder: string) =>
    (await one.of(`file:///${folder}/Dockerfile`)).config.rules[id];
  const found = await Promise.all(['a/b/c', 'a/b', 'a', 'a/d', 'e'].map(severityIn));
  expect(found).toEqual(['error', 'error', 'off', 'off', undefined]);
  expect(reads.length).toBe(new Set(reads).size);
  one.forget();
  await severityIn('a');
  expect(reads.length).toBeGreaterThan(new Set(reads).size);
});
