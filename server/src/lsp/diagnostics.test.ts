/** Diagnostics, and the configuration that they depend on. */
import { describe, expect, test } from 'vitest';
import {
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  LogMessageNotification,
  RegistrationRequest,
  type ClientCapabilities,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { defaultCapabilities, type LspClient } from '../../../test/lsp-client.ts';
import { event, noSudo, range, session, type Session } from '../../../test/lsp-session.ts';
import type { Registered } from '../lint/rule.ts';
import { rules } from '../rules/index.ts';

const uri = 'untitled:Dockerfile';
const text = 'FROM a AS b\nRUN sudo ls\nFROM b\n';

/** An editor, and a server with one rule. */
function start(one: Session = {}): Promise<LspClient> {
  return session({ rules: () => Promise.resolve([noSudo]), ...one });
}

const fails: Registered = {
  ...noSudo,
  id: 'fails',
  rule: {
    ...noSudo.rule,
    check: () => {
      throw new Error('on purpose');
    },
  },
};

async function pull(
  one: LspClient,
  of = uri,
  previousResultId?: string,
): Promise<Diagnostic[] | string> {
  const report = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: of },
    ...(previousResultId !== undefined && { previousResultId }),
  });
  return report.kind === 'full' ? report.items : report.resultId;
}

async function messages(one: LspClient, of = uri): Promise<readonly string[]> {
  const items = await pull(one, of);
  return typeof items === 'string' ? [items] : items.map(({ message }) => JSON.stringify(message));
}

describe('diagnostics', () => {
  test('are pulled with all their properties', async () => {
    const one = await start();
    await one.open(uri, text);
    expect(await pull(one)).toMatchObject([
      {
        range: { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } },
        message: '`sudo` is not needed',
        source: 'drydock',
        code: 'no-sudo',
        severity: 2,
        tags: [1],
        relatedInformation: [{ message: 'In this file', location: { uri } }],
        data: { rule: 'no-sudo', fixable: true },
      },
    ]);
  });
  test('are not sent again if nothing has changed', async () => {
    const one = await start();
    await one.open(uri, text);
    const first = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
    });
    expect(await pull(one, uri, first.resultId)).toBe(first.resultId);
    await one.change(uri, [{ range: range(1, 4, 1, 9), text: '' }]);
    expect(await pull(one, uri, first.resultId)).toEqual([]);
    await one.close(uri);
    await one.open(uri, text);
    expect(await pull(one, uri, first.resultId)).toHaveLength(1);
  });
  test('are pushed with their version to a client that cannot pull, and cleared on close', async () => {
    const one = await start({ capabilities: {} });
    await one.open(uri, text);
    expect(await one.nextDiagnostics(uri)).toMatchObject({
      version: 1,
      diagnostics: [{ code: 'no-sudo' }],
    });
    await one.change(uri, [{ range: range(1, 4, 1, 9), text: '' }]);
    expect(await one.nextDiagnostics(uri)).toMatchObject({ version: 2, diagnostics: [] });
    await one.close(uri);
    expect(await one.nextDiagnostics(uri)).toMatchObject({ diagnostics: [] });
  });
  test('are empty for a closed document', async () => {
    expect(await messages(await start())).toEqual([]);
  });
  test('are reported even if a rule throws, which is logged', async () => {
    const logged: string[] = [];
    const one = await start({
      rules: () => Promise.resolve([fails, noSudo]),
      prepare: (connection) =>
        void connection.onNotification(LogMessageNotification.type, ({ message }) => {
          logged.push(message);
        }),
    });
    await one.open(uri, text);
    expect(await messages(one)).toHaveLength(1);
    expect(logged.join()).toContain('fails');
  });
});

describe('configuration', () => {
  const capabilities: ClientCapabilities = {
    ...defaultCapabilities,
    workspace: {
      configuration: true,
      diagnostics: { refreshSupport: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      didChangeConfiguration: { dynamicRegistration: true },
    },
  };
  test('comes from the settings for the document, and is read again when they change', async () => {
    let enabled = true;
    const refreshed = event();
    const requests: unknown[] = [];
    const one = await start({
      capabilities,
      prepare: (connection) => {
        connection.onRequest(RegistrationRequest.type, () => undefined);
        connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed.resolve());
        connection.onRequest(ConfigurationRequest.type, ({ items }) => {
          requests.push(...items);
          return [{ lint: { enabled, rules: {} } }];
        });
      },
    });
    await one.open('file:///a/Dockerfile', text);
    expect(await messages(one, 'file:///a/Dockerfile')).toHaveLength(1);
    expect(await messages(one, 'file:///a/Dockerfile')).toHaveLength(1);
    expect(requests).toEqual([{ scopeUri: 'file:///a/Dockerfile', section: 'drydock' }]);
    enabled = false;
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await refreshed.promise;
    expect(await messages(one, 'file:///a/Dockerfile')).toEqual([]);
  });
  test('is requested once per workspace folder, and again when folders change', async () => {
    const refreshed = event();
    const requests: string[] = [];
    const one = await start({
      capabilities: {
        ...capabilities,
        workspace: { ...capabilities.workspace, workspaceFolders: true },
      },
      prepare: (connection) => {
        connection.onRequest(RegistrationRequest.type, () => undefined);
        connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed.resolve());
        connection.onRequest(ConfigurationRequest.type, ({ items }) => {
          const places = items.map(({ scopeUri = '' }) => scopeUri);
          requests.push(...places);
          return places.map((place) => ({ lint: { enabled: !place.includes('/b/') } }));
        });
      },
    });
    expect(one.initialized.capabilities.workspace?.workspaceFolders).toBeDefined();
    const inA = 'file:///a/Dockerfile';
    const inB = 'file:///b/deep/Dockerfile';
    for (const place of [inA, 'file:///a/deep/Dockerfile', inB]) {
      await one.open(place, text);
      expect(await messages(one, place)).toHaveLength(1);
    }
    expect(requests).toEqual([inA]);
    await one.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [{ uri: 'file:///b', name: 'b' }], removed: [] },
    });
    await refreshed.promise;
    expect(await messages(one, inA)).toHaveLength(1);
    expect(await messages(one, inB)).toEqual([]);
    expect(requests).toEqual([inA, inA, inB]);
  });
  test('is taken from the client if it sends settings and cannot be asked', async () => {
    const one = await start({ capabilities: {} });
    await one.open(uri, text);
    await one.nextDiagnostics(uri);
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { drydock: { lint: { rules: { 'no-sudo': 'error' } } } },
    });
    expect(await one.nextDiagnostics(uri)).toMatchObject({ diagnostics: [{ severity: 1 }] });
  });
  test('includes the .dockerignore of the directory, which is watched', async () => {
    const files = new Map<string, string>();
    const refreshed = event();
    const one = await start({
      files: { read: (of) => Promise.resolve(files.get(of)) },
      rules: () =>
        Promise.resolve(
          rules.filter(({ rule }) => rule.needs !== undefined && rule.needs !== 'ignores'),
        ),
      prepare: (connection) => {
        connection.onRequest(RegistrationRequest.type, () => undefined);
        connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed.resolve());
      },
      capabilities: {
        ...capabilities,
        workspace: { ...capabilities.workspace, configuration: false },
      },
    });
    const copies = 'FROM alpine\nCOPY . .\nCOPY .env /\n';
    const near = 'file:///a/b/Dockerfile';
    await one.open(near, copies);
    await one.open('untitled:Dockerfile', copies);
    const codes = async (of: string): Promise<unknown> =>
      ((await pull(one, of)) as Diagnostic[]).map(({ code }) => code);
    expect(await codes(near)).toEqual(['dockerignore-missing']);
    expect(await codes('untitled:Dockerfile')).toEqual([]);
    files.set('file:///a/b/.dockerignore', '.env\n');
    await one.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: 'file:///a/b/.dockerignore', type: FileChangeType.Created }],
    });
    await refreshed.promise;
    expect(await codes(near)).toEqual(['copy-ignored']);
  });
  test('is overridden by the nearest project file, which is watched', async () => {
    const files = new Map([
      ['file:///a/.drydock.json', '{ "rules": { "no-sudo": "error" } }'],
      ['file:///a/b/.drydock.json', '{ "rules": { "no-sudo": "off" } }'],
    ]);
    const refreshed = event();
    const one = await start({
      files: { read: (of) => Promise.resolve(files.get(of)) },
      capabilities: {
        ...capabilities,
        workspace: { ...capabilities.workspace, configuration: false },
      },
      prepare: (connection) => {
        connection.onRequest(RegistrationRequest.type, () => undefined);
        connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed.resolve());
      },
    });
    const near = 'file:///a/b/Dockerfile';
    const far = 'file:///a/c/Dockerfile';
    await one.open(near, text);
    await one.open(far, text);
    expect(await pull(one, near)).toEqual([]);
    expect(await pull(one, far)).toMatchObject([{ severity: 1 }]);
    files.delete('file:///a/b/.drydock.json');
    await one.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: 'file:///a/b/.drydock.json', type: FileChangeType.Deleted }],
    });
    await refreshed.promise;
    expect(await pull(one, near)).toMatchObject([{ severity: 1 }]);
  });
});
