import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { clientOf } from './client.ts';
import { configuration } from './configuration.ts';
import { foldersOf } from './folders.ts';
import type { Connection, InitializeParams } from './protocol.ts';

const [registered] = rules;

/** The configuration for a client without `workspace/configuration`, with these files. */
function settings(files: Readonly<Record<string, string>>) {
  return configuration({
    connection: {} as Connection,
    client: clientOf({ capabilities: {} } as InitializeParams),
    files: { read: (uri) => Promise.resolve(files[uri]) },
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
