import { expect, test } from 'vitest';
import { listFolder, readFile, type FileParams } from '../../../contract/protocol.ts';
import { clientFiles } from './client-files.ts';
import { contextOf } from './context.ts';
import { upwards, type Files } from './files.ts';
import { foldersOf } from './folders.ts';
import type { Connection } from './protocol.ts';

const remote = 'vscode-vfs://github/me/project';

/** A client with these files in `remote`; all that it is asked is noted. */
function client(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const sendRequest = (method: string, { uri }: FileParams): Promise<unknown> => {
    asked.push(`${method} ${uri}`);
    if (method === readFile) return Promise.resolve(files[uri.slice(remote.length + 1)] ?? null);
    if (method !== listFolder || uri !== remote) return Promise.reject(new Error('unknown'));
    return Promise.resolve(Object.keys(files).map((name) => ({ name, folder: false })));
  };
  return { asked, connection: { sendRequest } as unknown as Connection };
}

test('files and folders are read by the client; what fails is not there', async () => {
  const files = clientFiles(client({ '.drydock.json': '{}' }).connection);
  expect(await files.read(`${remote}/.drydock.json`)).toBe('{}');
  expect(await files.read(`${remote}/none`)).toBeUndefined();
  expect(await files.list(remote)).toEqual([{ name: '.drydock.json', folder: false }]);
  expect(await files.list(`${remote}/none`)).toEqual([]);
});

test('what our own files reach is not asked of the client', async () => {
  const { asked, connection } = client({});
  const own: Files = {
    read: (uri) => Promise.resolve(uri),
    list: () => Promise.resolve([{ name: 'own', folder: false }]),
  };
  const files = clientFiles(connection, own);
  expect(await files.read('file:///a')).toBe('file:///a');
  expect(await files.list('file:///')).toEqual([{ name: 'own', folder: false }]);
  expect(asked).toEqual([]);
  await files.read(`${remote}/a`);
  expect(asked).toEqual([`${readFile} ${remote}/a`]);
});

test('a file above is looked for up to the root of its file system, none for what is saved nowhere', () => {
  const files = clientFiles(client({}).connection);
  expect(upwards(`${remote}/Dockerfile`, 'x', files)).toEqual([
    `${remote}/x`,
    'vscode-vfs://github/me/x',
    'vscode-vfs://github/x',
  ]);
  expect(upwards('file:///a/Dockerfile', 'x', files)).toEqual(['file:///a/x', 'file:///x']);
  expect(upwards('untitled:Dockerfile', 'x', files)).toEqual([]);
  // Without the client nothing is known of such a folder.
  expect(upwards(`${remote}/Dockerfile`, 'x', { read: (uri) => files.read(uri) })).toEqual([]);
});

test('the build context lies where the client finds it', async () => {
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
