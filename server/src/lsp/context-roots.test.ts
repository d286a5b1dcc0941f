import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import {
  CodeActionRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  DidCreateFilesNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  RegistrationRequest,
  UnregistrationRequest,
  WatchKind,
  type CodeAction,
  type Diagnostic,
  type DidChangeWatchedFilesRegistrationOptions,
  type FullDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { applyTextEdits, type LspClient } from '../../../test/lsp-client.ts';
import { event, session } from '../../../test/lsp-session.ts';
import { rules } from '../rules/index.ts';
import { localFiles } from './local-files.ts';

const ids = ['copy-source-missing', 'copy-ignored'];
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

interface Opened {
  readonly client: LspClient;
  readonly folder: string;
  readonly uri: string;
}

/** A server with an open Dockerfile in a directory with these files. */
async function opened(
  text: string,
  files: Readonly<Record<string, string>>,
  name = 'Dockerfile',
): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-roots-'));
  made.push(folder);
  write(folder, { ...files, [name]: text });
  const chosen = rules.filter(({ id }) => ids.includes(id));
  const client = await session({ files: localFiles(), rules: () => Promise.resolve(chosen) });
  const uri = pathToFileURL(join(folder, name)).href;
  await client.open(uri, text);
  return { client, folder, uri };
}

async function diagnostics({ client, uri }: Opened): Promise<readonly Diagnostic[]> {
  const { items } = (await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  })) as FullDocumentDiagnosticReport;
  return items;
}

async function messages(file: Opened): Promise<readonly unknown[]> {
  return (await diagnostics(file)).map(({ message }) => message);
}

test('reports sources that the context does not have, until they exist', async () => {
  const file = await opened('FROM a\nCOPY app.py sub/x.txt /\n', { 'app.py': '', 'sub/y': '' });
  expect(await messages(file)).toEqual(['`sub/x.txt` does not exist in the build context']);
  write(file.folder, { 'sub/x.txt': '' });
  await file.client.connection.sendNotification(DidCreateFilesNotification.type, {
    files: [{ uri: `${file.uri}/../sub/x.txt` }],
  });
  expect(await messages(file)).toEqual([]);
});

test('has the directories of the context watched while the document is open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-roots-'));
  made.push(folder);
  write(folder, { 'app.py': '', 'sub/y': '', 'other/z': '' });
  const registered = event();
  const released = event();
  const refreshed = event();
  const watched: unknown[] = [];
  const client = await session({
    files: localFiles(),
    rules: () => Promise.resolve(rules.filter(({ id }) => ids.includes(id))),
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: {
        diagnostics: { refreshSupport: true },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
      },
    },
    prepare: (connection) => {
      connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
        for (const { registerOptions } of registrations) {
          const { watchers } = registerOptions as DidChangeWatchedFilesRegistrationOptions;
          const own = watchers.filter(({ globPattern }) => typeof globPattern !== 'string');
          watched.push(...own);
          if (watched.length === 2) registered.resolve();
        }
      });
      connection.onRequest(UnregistrationRequest.type, () => released.resolve());
      connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed.resolve());
    },
  });
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  await client.open(uri, 'FROM a\nCOPY app.py sub/x.txt /\n');
  const file = { client, folder, uri };
  expect(await messages(file)).toEqual(['`sub/x.txt` does not exist in the build context']);
  await registered.promise;
  const baseUri = pathToFileURL(folder).href;
  const kind = WatchKind.Create | WatchKind.Delete;
  expect(watched).toEqual([
    { globPattern: { baseUri, pattern: '*' }, kind },
    { globPattern: { baseUri: `${baseUri}/sub`, pattern: '*' }, kind },
  ]);
  write(folder, { 'sub/x.txt': '' });
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: `${baseUri}/sub/x.txt`, type: FileChangeType.Created }],
  });
  await refreshed.promise;
  expect(await messages(file)).toEqual([]);
  await client.close(uri);
  await released.promise;
});

test('reports nothing where no file shows which directory is the context', async () => {
  const file = await opened('FROM a\nCOPY none /\n', {}, 'docker/web/Dockerfile');
  expect(await messages(file)).toEqual([]);
});

test('reports nothing for documents that are not on disk', async () => {
  const client = await session({ files: localFiles(), rules: () => Promise.resolve(rules) });
  await client.open('untitled:Untitled-1', 'FROM a\nCOPY none /\n');
  const found = await messages({ client, folder: '', uri: 'untitled:Untitled-1' });
  expect(found.join()).not.toContain('none');
});

test('names the line of the ignore file that excludes a source, and offers to change it', async () => {
  const file = await opened('FROM a\nCOPY app.py b.env /\n', {
    'app.py': '',
    'b.env': '',
    '.dockerignore': '# secrets\n*.env\nx\n',
  });
  const ignoreUri = pathToFileURL(join(file.folder, '.dockerignore')).href;
  const [found] = await diagnostics(file);
  expect(found?.message).toBe('`b.env` is excluded by `.dockerignore`');
  expect(found?.relatedInformation).toEqual([
    {
      location: {
        uri: ignoreUri,
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } },
      },
      message: 'Excluded by this line',
    },
  ]);
  const actions = (await file.client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: file.uri },
    range: found!.range,
    context: { diagnostics: [] },
  })) as CodeAction[];
  const changed = actions.flatMap(({ title, edit }) => {
    const edits = edit?.changes?.[ignoreUri];
    return edits ? [[title, applyTextEdits('# secrets\n*.env\nx\n', edits)]] : [];
  });
  expect(changed).toEqual([
    ['Remove line 2 from `.dockerignore`', '# secrets\nx\n'],
    ['Include `b.env` again in `.dockerignore`', '# secrets\n*.env\nx\n!b.env\n'],
  ]);
});

test('uses the ignore file of the Dockerfile instead of the one of the context', async () => {
  const file = await opened('FROM a\nCOPY a b /\n', {
    a: '',
    b: '',
    '.dockerignore': 'a\n',
    'Dockerfile.dockerignore': 'b\n',
  });
  expect(await messages(file)).toEqual(['`b` is excluded by `Dockerfile.dockerignore`']);
});
