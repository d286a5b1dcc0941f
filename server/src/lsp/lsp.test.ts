import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  CodeActionRequest,
  CompletionItemTag,
  CompletionRequest,
  CompletionResolveRequest,
  ConfigurationRequest,
  createConnection,
  DefinitionRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DocumentDiagnosticRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  FileChangeType,
  FoldingRangeRequest,
  SignatureHelpRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  SemanticTokensDeltaRequest,
  SelectionRangeRequest,
  InlayHintRequest,
  DocumentLinkRequest,
  HoverRequest,
  LogMessageNotification,
  LSPErrorCodes,
  PrepareRenameRequest,
  ReferencesRequest,
  RegistrationRequest,
  RenameRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CompletionItem,
  type CodeAction,
  type Diagnostic,
  type ProtocolConnection,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { localImages } from '../../../contract/protocol.ts';
import { able, edited, editor, type Editor } from '../../../test/lsp-client.ts';
import type { Registered } from '../lint/rule.ts';
import { replace } from '../text/edit.ts';
import { rules } from '../rules/index.ts';
import { serve } from './serve.ts';

/** Reports every `sudo`, with a fix. */
const noSudo: Registered = {
  id: 'no-sudo',
  category: 'style',
  rule: {
    summary: 'Do without sudo',
    why: 'It is not needed.',
    severity: 'warning',
    fix: 'safe',
    since: '0.1.0',
    examples: [{ bad: '', good: '' }],
    check({ model, report }) {
      for (const { index } of model.tree.text.matchAll(/sudo /g)) {
        const span = { start: index, end: index + 4 };
        report({
          at: { span },
          message: '`sudo` is not needed',
          tag: 'unnecessary',
          related: [{ at: { span: { start: 0, end: 4 } }, message: 'In this file' }],
          fix: { title: 'Leave it out', edits: [replace({ start: index, end: index + 5 }, '')] },
        });
      }
    },
  },
};

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

interface Setting {
  readonly capabilities?: ClientCapabilities;
  readonly files?: Map<string, string>;
  readonly rules?: readonly Registered[];
  readonly prepare?: (connection: ProtocolConnection) => void;
}

const editors: Editor[] = [];
afterEach(async () => {
  await Promise.all(editors.splice(0).map((one) => one.quit({ exit: false })));
});

/** A server and a client in this process, connected by two pipes. */
async function start({ capabilities, files, rules, prepare }: Setting = {}): Promise<Editor> {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  serve(connection, {
    files: { read: (uri) => Promise.resolve(files?.get(uri)) },
    rules: () => Promise.resolve(rules ?? [noSudo]),
  });
  const one = await editor(down, up, capabilities, prepare);
  editors.push(one);
  return one;
}

const uri = 'untitled:Dockerfile';
const text = 'FROM a AS b\nRUN sudo ls\nFROM b\n';
const at = { textDocument: { uri }, position: { line: 2, character: 6 } };

async function pull(
  one: Editor,
  of = uri,
  previousResultId?: string,
): Promise<Diagnostic[] | string> {
  const report = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: of },
    ...(previousResultId !== undefined && { previousResultId }),
  });
  return report.kind === 'full' ? report.items : report.resultId;
}

async function messages(one: Editor, of = uri): Promise<readonly string[]> {
  const items = await pull(one, of);
  return typeof items === 'string' ? [items] : items.map(({ message }) => JSON.stringify(message));
}

describe('initialize', () => {
  test('offers pulled diagnostics only to a client that supports them', async () => {
    const pulling = await start();
    expect(pulling.initialized.capabilities.diagnosticProvider).toBeDefined();
    const pushed = await start({ capabilities: {} });
    expect(pushed.initialized.capabilities.diagnosticProvider).toBeUndefined();
  });
  test('uses UTF-16 unless the client prefers UTF-8', async () => {
    const general = (positionEncodings: string[]): ClientCapabilities => ({
      ...able,
      general: { positionEncodings },
    });
    const encodings = [['utf-8', 'utf-16'], ['utf-32', 'utf-16'], ['utf-32'], []];
    const answers: unknown[] = [];
    for (const offered of encodings) {
      const { initialized } = await start({ capabilities: general(offered) });
      answers.push(initialized.capabilities.positionEncoding);
    }
    expect(answers).toEqual(['utf-8', 'utf-16', 'utf-16', 'utf-16']);
  });
});

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
    expect(await one.published(uri)).toMatchObject({
      version: 1,
      diagnostics: [{ code: 'no-sudo' }],
    });
    await one.change(uri, [{ range: range(1, 4, 1, 9), text: '' }]);
    expect(await one.published(uri)).toMatchObject({ version: 2, diagnostics: [] });
    await one.close(uri);
    expect(await one.published(uri)).toMatchObject({ diagnostics: [] });
  });
  test('are empty for a closed document', async () => {
    expect(await messages(await start())).toEqual([]);
  });
  test('are reported even if a rule throws, which is logged', async () => {
    const logged: string[] = [];
    const one = await start({
      rules: [fails, noSudo],
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
    ...able,
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
    await one.published(uri);
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { drydock: { lint: { rules: { 'no-sudo': 'error' } } } },
    });
    expect(await one.published(uri)).toMatchObject({ diagnostics: [{ severity: 1 }] });
  });
  test('includes the .dockerignore of the directory, which is watched', async () => {
    const files = new Map<string, string>();
    const refreshed = event();
    const one = await start({
      files,
      rules: rules.filter(({ rule }) => rule.needs === 'surroundings'),
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
      files,
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

describe('documents', () => {
  test('apply changes in order, in UTF-16', async () => {
    const one = await start();
    await one.open(uri, 'FROM 😀 AS b\n');
    await one.change(uri, [
      { range: range(0, 5, 0, 7), text: 'a' },
      { range: range(1, 0, 1, 0), text: 'RUN sudo ls\r\nUSER x' },
      { range: range(2, 5, 2, 6), text: 'sudo y' },
    ]);
    expect(await pull(one)).toMatchObject([
      { range: range(1, 4, 1, 8) },
      { range: range(2, 5, 2, 9) },
    ]);
  });
  test('apply changes in UTF-8', async () => {
    const one = await start({
      capabilities: { ...able, general: { positionEncodings: ['utf-8'] } },
    });
    await one.open(uri, 'FROM a\nRUN é😀 ls\n');
    await one.change(uri, [{ range: range(1, 11, 1, 11), text: 'sudo ' }]);
    expect(await pull(one)).toMatchObject([{ range: range(1, 11, 1, 15) }]);
  });
});

describe('requests', () => {
  test('completion, with snippets only if the client supports them', async () => {
    const ask = async (capabilities: ClientCapabilities): Promise<unknown> => {
      const one = await start({ capabilities });
      await one.open(uri, 'FROM a\nWO');
      const answer = await one.connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position: { line: 1, character: 2 },
      });
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      return items.find(({ label }) => label === 'WORKDIR')?.textEdit;
    };
    expect(await ask(able)).toEqual({ range: range(1, 0, 1, 2), newText: 'WORKDIR ${1:/app}' });
    expect(await ask({})).toEqual({ range: range(1, 0, 1, 2), newText: 'WORKDIR /app' });
  });
  test('completion with insert and replace ranges, and documentation on demand', async () => {
    const completionItem = {
      snippetSupport: true,
      insertReplaceSupport: true,
      resolveSupport: { properties: ['documentation'] },
    };
    const one = await start({ capabilities: { textDocument: { completion: { completionItem } } } });
    await one.open(uri, 'FROM a\nWORK /x');
    const answer = await one.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: 2 },
    });
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    const item = items.find(({ label }) => label === 'WORKDIR');
    expect(item?.documentation).toBeUndefined();
    expect(item?.textEdit).toEqual({
      insert: range(1, 0, 1, 2),
      replace: range(1, 0, 1, 4),
      newText: 'WORKDIR',
    });
    const resolved = await one.connection.sendRequest(CompletionResolveRequest.type, item!);
    expect(JSON.stringify(resolved.documentation)).toContain('WORKDIR <path>');
    const stale = { label: 'gone', data: 3 };
    expect(await one.connection.sendRequest(CompletionResolveRequest.type, stale)).toEqual(stale);
  });
  test('completion marks end-of-life images if the client supports it', async () => {
    const valueSet: CompletionItemTag[] = [CompletionItemTag.Deprecated];
    const tagSupport = { valueSet };
    const ask = async (capabilities: ClientCapabilities): Promise<CompletionItem[]> => {
      const one = await start({ capabilities });
      await one.open(uri, 'FROM php:');
      const answer = await one.connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position: { line: 0, character: 9 },
      });
      return Array.isArray(answer) ? answer : (answer?.items ?? []);
    };
    const marked = await ask({ textDocument: { completion: { completionItem: { tagSupport } } } });
    const plain = await ask({});
    const ended = plain.filter(({ detail }) => detail?.startsWith('past its end'));
    expect(marked.filter(({ tags }) => tags !== undefined)).toHaveLength(ended.length);
    expect(plain.filter(({ tags }) => tags !== undefined)).toHaveLength(0);
    const sorted = plain.map(({ sortText }) => sortText);
    expect(sorted).toEqual([...sorted].sort());
  });
  test("completion asks the client for its engine's images", async () => {
    const one = await start({
      prepare: (connection) =>
        void connection.onRequest(localImages, ({ prefix }: { prefix: string }) => [
          `${prefix}cal:1`,
        ]),
    });
    await one.open(uri, 'FROM lo');
    const items = await one.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: 0, character: 7 },
    });
    expect(Array.isArray(items) && items[0]).toMatchObject({ label: 'local:1' });
  });
  test('hover', async () => {
    const one = await start();
    await one.open(uri, text);
    const found = await one.connection.sendRequest(HoverRequest.type, at);
    expect(found).toMatchObject({ range: range(2, 5, 2, 6), contents: { kind: 'markdown' } });
  });
  test('documentSymbol, nested or flat', async () => {
    const params = { textDocument: { uri } };
    const one = await start();
    await one.open(uri, text);
    const nested = await one.connection.sendRequest(DocumentSymbolRequest.type, params);
    expect(nested).toMatchObject([{ name: 'b', children: [{ name: 'RUN' }] }, { name: 'b' }]);
    const other = await start({ capabilities: {} });
    await other.open(uri, text);
    const flat = await other.connection.sendRequest(DocumentSymbolRequest.type, params);
    expect(flat).toMatchObject([
      { name: 'b', location: { uri } },
      { name: 'RUN', containerName: 'b' },
      { name: 'b' },
    ]);
  });
  test('foldingRange', async () => {
    const one = await start();
    await one.open(uri, text);
    const folds = await one.connection.sendRequest(FoldingRangeRequest.type, {
      textDocument: { uri },
    });
    expect(folds).toEqual([{ startLine: 0, endLine: 1 }]);
  });
  test('definition, references, documentHighlight', async () => {
    const one = await start();
    await one.open(uri, text);
    const made = range(0, 10, 0, 11);
    const used = range(2, 5, 2, 6);
    expect(await one.connection.sendRequest(DefinitionRequest.type, at)).toEqual([
      { uri, range: made },
    ]);
    const context = { includeDeclaration: true };
    const all = await one.connection.sendRequest(ReferencesRequest.type, { ...at, context });
    expect(all?.map((it) => it.range)).toEqual([made, used]);
    const marked = await one.connection.sendRequest(DocumentHighlightRequest.type, at);
    expect(marked).toEqual([
      { range: made, kind: 3 },
      { range: used, kind: 2 },
    ]);
  });
  test('prepareRename and rename, which answers an invalid name with an error', async () => {
    const one = await start();
    await one.open(uri, text);
    expect(await one.connection.sendRequest(PrepareRenameRequest.type, at)).toEqual(
      range(2, 5, 2, 6),
    );
    const answer = await one.connection.sendRequest(RenameRequest.type, { ...at, newName: 'c' });
    const [change] = answer?.documentChanges as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    expect(edited(text, change!.edits as never)).toBe('FROM a AS c\nRUN sudo ls\nFROM c\n');
    const refused = one.connection.sendRequest(RenameRequest.type, { ...at, newName: 'B b' });
    await expect(refused).rejects.toThrow('lowercase letter');
  });
});

test('a cancelled request is answered with an error', async () => {
  const reached = event();
  const one = await start({
    prepare: (connection) =>
      void connection.onRequest(localImages, () => {
        reached.resolve();
        return new Promise(() => undefined);
      }),
  });
  await one.open(uri, 'FROM a');
  const source = new CancellationTokenSource();
  const answer = one.connection.sendRequest(
    CompletionRequest.type,
    { textDocument: { uri }, position: { line: 0, character: 6 } },
    source.token,
  );
  await reached.promise;
  source.cancel();
  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

describe('codeAction', () => {
  const ask = async (one: Editor, only?: string[]): Promise<readonly CodeAction[]> => {
    const answer = await one.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: range(1, 5, 1, 5),
      context: { diagnostics: [], ...(only && { only }) },
    });
    return answer as CodeAction[];
  };
  test('offers the preferred fix first, and the ignore comment last', async () => {
    const one = await start();
    await one.open(uri, text);
    const actions = await ask(one, ['quickfix']);
    expect(actions.map(({ title }) => title)).toEqual([
      'Leave it out',
      'Disable `no-sudo` for this line (ignore comment)',
    ]);
    expect(actions[0]).toMatchObject({
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'no-sudo' }],
    });
    const [change] = actions[0]?.edit?.documentChanges as TextDocumentEdit[];
    expect(edited(text, change!.edits as never)).toBe('FROM a AS b\nRUN ls\nFROM b\n');
  });
  test('offers to fix everything only if the kind is requested', async () => {
    const one = await start({ capabilities: {} });
    await one.open(uri, `${text}RUN sudo sudo ls\n`);
    expect((await ask(one, ['source'])).map(({ kind }) => kind)).toEqual(['source.fixAll.drydock']);
    const [action] = await ask(one, ['source.fixAll']);
    expect(edited(`${text}RUN sudo sudo ls\n`, action?.edit?.changes?.[uri] ?? [])).toBe(
      'FROM a AS b\nRUN ls\nFROM b\nRUN ls\n',
    );
    expect(await ask(one, ['refactor.inline'])).toEqual([]);
  });
});

/** A promise that resolves on a notification. */
function event(): { readonly promise: Promise<void>; resolve(): void } {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => (done = resolve));
  return { promise, resolve: () => done() };
}

function range(line: number, character: number, endLine: number, endCharacter: number) {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

describe('reading', () => {
  test('signature help, but not for every space in a script', async () => {
    const one = await start();
    await one.open(uri, 'FROM a\nRUN echo a b');
    const ask = async (character: number, triggerKind: 1 | 2): Promise<unknown> => {
      const answer = await one.connection.sendRequest(SignatureHelpRequest.type, {
        textDocument: { uri },
        position: { line: 1, character },
        context: { triggerKind, isRetrigger: false },
      });
      return answer?.signatures[answer.activeSignature ?? 0]?.label;
    };
    expect(await ask(4, 2)).toBe('RUN [OPTIONS] <command>');
    expect(await ask(11, 2)).toBeUndefined();
    expect(await ask(11, 1)).toBe('RUN [OPTIONS] <command>');
  });
  test('selection ranges for each position', async () => {
    const one = await start();
    await one.open(uri, text);
    const [first, second] =
      (await one.connection.sendRequest(SelectionRangeRequest.type, {
        textDocument: { uri },
        positions: [
          { line: 0, character: 5 },
          { line: 1, character: 5 },
        ],
      })) ?? [];
    expect(first).toMatchObject({ range: range(0, 5, 0, 6) });
    expect(second).toMatchObject({
      range: range(1, 4, 1, 8),
      parent: { range: range(1, 4, 1, 11) },
    });
  });
  test('links', async () => {
    const one = await start();
    await one.open(uri, 'FROM node:22\n');
    const links = await one.connection.sendRequest(DocumentLinkRequest.type, {
      textDocument: { uri },
    });
    expect(links).toEqual([{ range: range(0, 5, 0, 12), target: 'https://hub.docker.com/_/node' }]);
  });
  test('inlay hints, unless the settings disable them', async () => {
    const one = await start();
    await one.open(uri, 'ARG V=1\nFROM a:$V\n');
    const ask = (): Promise<unknown> =>
      one.connection.sendRequest(InlayHintRequest.type, {
        textDocument: { uri },
        range: range(0, 0, 2, 0),
      });
    expect(await ask()).toEqual([
      { position: { line: 1, character: 9 }, label: 'a:1', paddingLeft: true },
    ]);
    await one.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { drydock: { hints: { fromArguments: false } } },
    });
    expect(await ask()).toEqual([]);
  });
  test('semantic tokens: full, delta and range', async () => {
    const one = await start();
    const textDocument = { uri };
    await one.open(uri, 'FROM a\nRUN ls é -a\n');
    const full = await one.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    expect(full?.data).toEqual(
      [
        [0, 0, 4, 0, 0],
        [1, 0, 3, 0, 0],
        [0, 4, 2, 10, 2],
        [0, 5, 2, 1, 2],
      ].flat(),
    );
    await one.change(uri, [{ range: range(1, 9, 1, 11), text: '-all' }]);
    const changed = await one.connection.sendRequest(SemanticTokensDeltaRequest.type, {
      textDocument,
      previousResultId: full?.resultId ?? '',
    });
    expect(changed).toMatchObject({ edits: [{ start: 17, deleteCount: 1, data: [4] }] });
    const part = await one.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument,
      range: range(0, 0, 1, 0),
    });
    expect(part?.data).toEqual([0, 0, 4, 0, 0]);
  });
  test('semantic tokens in UTF-8 for a client that uses it', async () => {
    const one = await start({
      capabilities: { ...able, general: { positionEncodings: ['utf-8'] } },
    });
    await one.open(uri, 'FROM a\nRUN ls é -a\n');
    const full = await one.connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: { uri },
    });
    expect(full?.data.slice(-5)).toEqual([0, 6, 2, 1, 2]);
  });
});

describe('a long document', () => {
  /** Takes some milliseconds for each document, and counts. */
  const slow = (count: () => void): readonly Registered[] =>
    Array.from({ length: 100 }, (_, i) => ({
      id: `slow-${i}`,
      category: 'style',
      rule: {
        ...noSudo.rule,
        check: () => {
          count();
          const end = performance.now() + 4;
          while (performance.now() < end);
        },
      },
    }));
  const long = `FROM a AS b\n${'RUN sudo ls\n'.repeat(3000)}`;

  test('is checked in steps, between which other requests are answered', async () => {
    let checked = 0;
    const one = await start({ rules: slow(() => checked++) });
    await one.open(uri, long);
    let checkedAtHover: number | undefined;
    const diagnostics = pull(one);
    const hover = one.connection
      .sendRequest(HoverRequest.type, {
        textDocument: { uri },
        position: { line: 0, character: 1 },
      })
      .then(() => (checkedAtHover = checked));
    await Promise.all([diagnostics, hover]);
    expect(checkedAtHover).toBeLessThan(100);
    expect(checked).toBe(100);
  });

  test('is checked again from the start if it changes meanwhile, and the old check ends', async () => {
    let checked = 0;
    const one = await start({ rules: slow(() => checked++) });
    await one.open(uri, long);
    const first = pull(one);
    const hover = { textDocument: { uri }, position: { line: 0, character: 1 } };
    await one.connection.sendRequest(HoverRequest.type, hover);
    await one.change(uri, [{ range: range(0, 5, 0, 6), text: 'c' }]);
    await Promise.all([first, pull(one)]);
    // Without the end of the old check, and if requests did not share their work, this would be 200 or more.
    expect(checked).toBeLessThan(190);
    expect(checked).toBeGreaterThanOrEqual(100);
  });
});

describe('invalid messages', () => {
  test.each([
    ['textDocument/didOpen', { textDocument: { uri, version: 1 } }],
    ['textDocument/didOpen', { textDocument: { uri: 1, text: '' } }],
    ['textDocument/didOpen', {}],
    ['textDocument/didChange', { textDocument: { uri }, contentChanges: [{ range: {} }] }],
    ['textDocument/didChange', { textDocument: { uri }, contentChanges: [{ text: 1 }] }],
    ['textDocument/didChange', { textDocument: { uri } }],
    ['textDocument/didClose', {}],
  ])('%s with %j is ignored', async (method, params) => {
    const one = await start();
    await one.open(uri, text);
    await one.connection.sendNotification(method, params);
    expect(await pull(one)).toHaveLength(1);
  });

  test.each(['file:///%', 'file:///a/%ff%', 'file:///%E4', 'x', 'file:', 'file://%', ''])(
    'a document with the URI %j has findings',
    async (odd) => {
      const one = await start();
      await one.open(odd, text);
      expect(await pull(one, odd)).toHaveLength(1);
    },
  );
});
