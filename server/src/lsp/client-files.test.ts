import { expect, test } from 'vitest';
import { listFolder, readFile, type FileParams } from '../../../contract/protocol.ts';
import { clientFiles } from './client-files.ts';
import { contextOf } from './context.ts';
import type { Files } from './files.ts';
import { foldersOf } from './folders.ts';
import type { Connection } from './protocol.ts';
import { documentSurroundings } from './surroundings.ts';

const remote = 'vscode-vfs://github/me/project';

/** A client with the files in `remote` that records all requests. */
function client(files: Readonly<Record<string, string>>) {
  const requests: string[] = [];
  const sendRequest = (method: string, { uri }: FileParams): Promise<unknown> => {
    requests.push(`${method} ${uri}`);
    if (method === readFile) return Promise.resolve(files[uri.slice(remote.length + 1)] ?? null);
    if (method !== listFolder || uri !== remote) return Promise.reject(new Error('unknown'));
    return Promise.resolve(Object.keys(files).map((name) => ({ name, folder: false })));
  };
  return { requests, connection: { sendRequest } as unknown as Connection };
}

test('reads files and directories through the client, and treats failures as missing files', async () => {
  const files = clientFiles(client({ '.drydock.json': '{}' }).connection);
  expect(await files.read(`${remote}/.drydock.json`)).toBe('{}');
  expect(await files.read(`${remote}/none`)).toBeUndefined();
  expect(await files.list(remote)).toEqual([{ name: '.drydock.json', folder: false }]);
  expect(await files.list(`${remote}/none`)).toEqual([]);
});

test('does not ask the client for files that the server can read', async () => {
  const { requests, connection } = client({});
  const own: Files = {
    read: (uri) => Promise.resolve(uri),
    list: () => Promise.resolve([{ name: 'own', folder: false }]),
  };
  const files = clientFiles(connection, own);
  expect(await files.read('file:///a')).toBe('file:///a');
  expect(await files.list('file:///')).toEqual([{ name: 'own', folder: false }]);
  expect(requests).toEqual([]);
  await files.read(`${remote}/a`);
  expect(requests).toEqual([`${readFile} ${remote}/a`]);
});

/** Where an ignore file of a document is searched for. */
async function searched(uri: string, given?: Files): Promise<readonly string[]> {
  const places: string[] = [];
  const read = (place: string): Promise<undefined> => {
    places.push(place);
    return Promise.resolve(undefined);
  };
  await documentSurroundings({ ...given, read }).of(uri);
  return places.filter((place) => place.endsWith('/.dockerignore'));
}

test('searches parent directories up to the root of the file system, and none for unsaved files', async () => {
  const files = clientFiles(client({}).connection);
  expect(await searched(`${remote}/Dockerfile`, files)).toEqual([
    `${remote}/.dockerignore`,
    'vscode-vfs://github/me/.dockerignore',
    'vscode-vfs://github/.dockerignore',
  ]);
  expect(await searched('file:///a/Dockerfile')).toEqual([
    'file:///a/.dockerignore',
    'file:///.dockerignore',
  ]);
  expect(await searched('untitled:Dockerfile', files)).toEqual([]);
  // Without the client, such a directory cannot be read.
  expect(await searched(`${remote}/Dockerfile`)).toEqual([]);
});

test('finds the build context through the client', async () => {
  const { connection } = client({ Dockerfile: '', 'main.go': '', '.dockerignore': 'main.go' });
  const context = contextOf(clientFiles(connection), foldersOf({ rootUri: remote }));
  const names = await context.list(`${remote}/Dockerfile`, '', []);
  expect(names.map(({ name, ignored }) => `${name} ${String(ignored)}`)).toEqual([
    'Dockerfile false',
    'main.go true',
    '.dockerignore false',
  ]);
  expect(await context.find(`${remote}/Dockerfile`, 'main.go', [])).toBe(`${remote}/main.go`);
});
