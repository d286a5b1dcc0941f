/** The built server as an editor starts it: `node dist/server.js --stdio`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CodeActionRequest,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  ExitNotification,
  FoldingRangeRequest,
  SignatureHelpRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  SelectionRangeRequest,
  InlayHintRequest,
  DocumentLinkRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  LSPErrorCodes,
  PrepareRenameRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  ReferencesRequest,
  type ClientCapabilities,
  type CodeAction,
  type InitializeParams,
  type Message,
  type Position,
  type PublishDiagnosticsParams,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { afterEach, expect, test } from 'vitest';
import { lines } from '../../server/src/text/lines.ts';
import { defaultCapabilities, applyTextEdits, startClient, type LspClient } from '../lsp-client.ts';
import { someDockerfiles } from '../dockerfiles.ts';

const root = resolve(import.meta.dirname, '../..');
const server = process.env['DRYDOCK_SERVER'] ?? join(root, 'dist/server.js');
const uri = 'untitled:Dockerfile';

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill();
  child = undefined;
});

async function start(capabilities: ClientCapabilities = defaultCapabilities): Promise<LspClient> {
  const process = spawn('node', [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child = process;
  return startClient(process.stdout, process.stdin, capabilities);
}

const text = 'FROM node:22 AS build\nMAINTAINER me\nfrom build\nCMD ["a"]\nCMD ["b"]\n';

test('answers initialize, and exits on request', async () => {
  const one = await start();
  expect(one.initialized.serverInfo).toEqual({
    name: 'Drydock',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
  });
  expect(Object.keys(one.initialized.capabilities).sort()).toMatchInlineSnapshot(`
    [
      "callHierarchyProvider",
      "codeActionProvider",
      "completionProvider",
      "definitionProvider",
      "diagnosticProvider",
      "documentFormattingProvider",
      "documentHighlightProvider",
      "documentLinkProvider",
      "documentOnTypeFormattingProvider",
      "documentRangeFormattingProvider",
      "documentSymbolProvider",
      "foldingRangeProvider",
      "hoverProvider",
      "inlayHintProvider",
      "positionEncoding",
      "referencesProvider",
      "renameProvider",
      "selectionRangeProvider",
      "semanticTokensProvider",
      "signatureHelpProvider",
      "textDocumentSync",
      "workspace",
    ]
  `);
  const ended = once(child!, 'exit');
  await one.quit();
  expect((await ended)[0]).toBe(0);
});

test('returns diagnostics to a client that pulls them', async () => {
  const one = await start();
  await one.open(uri, text);
  const report = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  });
  expect(report.kind === 'full' && report.items.map(({ code }) => code)).toContain('maintainer');
});

test('publishes diagnostics to a client that does not pull them', async () => {
  const one = await start({});
  await one.open(uri, text);
  expect((await one.nextDiagnostics(uri)).diagnostics.map(({ code }) => code)).toContain(
    'maintainer',
  );
  const lineStart = { line: 1, character: 0 };
  await one.change(uri, [
    { range: { start: lineStart, end: { line: 2, character: 0 } }, text: '' },
  ]);
  const after = await one.nextDiagnostics(uri);
  expect(after.version).toBe(2);
  expect(after.diagnostics.map(({ code }) => code)).not.toContain('maintainer');
});

test('works over the IPC channel of Node.js, as VS Code starts it', async () => {
  const forked = fork(server, ['--node-ipc'], { execArgv: [] });
  child = forked;
  const connection = createProtocolConnection(
    new IPCMessageReader(forked),
    new IPCMessageWriter(forked),
  );
  connection.listen();
  const published = (): Promise<PublishDiagnosticsParams> =>
    new Promise((done) => connection.onNotification(PublishDiagnosticsNotification.type, done));
  const params = { processId: process.pid, workspaceFolders: null, capabilities: {} };
  await connection.sendRequest(InitializeRequest.type, params as unknown as InitializeParams);
  await connection.sendNotification(InitializedNotification.type, {});
  const first = published();
  const document = { uri, languageId: 'dockerfile', version: 1, text };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: document }); // prettier-ignore
  expect((await first).diagnostics.map(({ code }) => code)).toContain('maintainer');
  // The request is answered for the text after both changes.
  const second = published();
  const place = { line: 0, character: 0 };
  for (const [index, added] of ['#', '# '].entries())
    void connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 + index },
      contentChanges: [{ range: { start: place, end: place }, text: added }],
    });
  const links = await connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
  expect(links ?? []).toEqual([]);
  expect((await second).version).toBeGreaterThan(1);
  const ended = once(forked, 'exit');
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect((await ended)[0]).toBe(0);
});

test('answers in order to a client that does not read for a while', async () => {
  const { stdin, stdout } = (child = spawn('node', [server, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  }));
  const write = (message: object): Promise<void> => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    return new Promise((done) =>
      stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, () => done()),
    );
  };
  const params = { processId: process.pid, workspaceFolders: null, capabilities: {} };
  await write({ id: 0, method: 'initialize', params });
  await write({ method: 'initialized', params: {} });
  const document = { uri, languageId: 'dockerfile', version: 1, text: text.repeat(200) };
  await write({ method: 'textDocument/didOpen', params: { textDocument: document } });
  const ids = Array.from({ length: 300 }, (_, index) => index + 1);
  for (const id of ids)
    await write({ id, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } });
  // It is more than what the system keeps for the server: the server has to read while its output is not read.
  const long = { ...document, uri: 'untitled:long', text: '# a\n'.repeat(500_000) };
  await write({ method: 'textDocument/didOpen', params: { textDocument: long } });
  const answered: unknown[] = [];
  let length = 0;
  await new Promise<void>((done) => {
    stdout.on('data', (bytes: Buffer) => void (length += bytes.length));
    new StreamMessageReader(stdout).listen((message: Message & { readonly id?: unknown }) => {
      if (typeof message.id === 'number') answered.push(message.id);
      if (message.id === ids.at(-1)) done();
    });
  });
  expect(answered).toEqual([0, ...ids]);
  expect(length).toBeGreaterThan(10_000_000);
});

test('returns completions, hovers and document symbols', async () => {
  const one = await start();
  await one.open(uri, `${text}COPY --from=`);
  const params = { textDocument: { uri }, position: { line: 5, character: 12 } };
  const answer = await one.connection.sendRequest(CompletionRequest.type, params);
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  expect(items[0]).toMatchObject({ label: 'build' });
  const hover = await one.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 0, character: 1 },
  });
  expect(JSON.stringify(hover)).toContain('FROM [--platform');
  const symbols = await one.connection.sendRequest(DocumentSymbolRequest.type, params);
  expect(symbols?.map(({ name }) => name)).toEqual(['build', 'build']);
});

test('completes tags of official images, which are loaded on demand, and paths of the build context', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-paths-'));
  const file = pathToFileURL(join(folder, 'Dockerfile')).href;
  mkdirSync(join(folder, 'source'));
  const one = await start();
  const labels = async (): Promise<readonly string[]> => {
    const answer = await one.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: file },
      position: { line: 1, character: 10 },
    });
    return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map(({ label }) => label);
  };
  await one.open(file, 'FROM scratch AS a\nFROM node:');
  expect(await labels()).toContain('22-alpine');
  await one.close(file);
  await one.open(file, 'FROM scratch\nCOPY     s');
  expect((await labels())[0]).toBe('source/');
  rmSync(folder, { recursive: true });
});

test('offers a fix that removes the finding', async () => {
  const one = await start();
  await one.open(uri, text);
  const ask = { textDocument: { uri } };
  const before = await one.connection.sendRequest(DocumentDiagnosticRequest.type, ask);
  const fixable = before.kind === 'full' ? before.items : [];
  const wrong = fixable.find(({ data }) => (data as { fixable: boolean }).fixable);
  const actions = await one.connection.sendRequest(CodeActionRequest.type, {
    ...ask,
    range: wrong!.range,
    context: { diagnostics: [wrong!] },
  });
  const fix = (actions as CodeAction[]).find(
    ({ diagnostics }) => diagnostics?.[0]?.code === wrong!.code,
  );
  const [change] = fix?.edit?.documentChanges as TextDocumentEdit[];
  const fixed = applyTextEdits(text, change!.edits as never);
  expect(fixed).not.toBe(text);
  await one.open('untitled:Fixed', fixed);
  const after = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: 'untitled:Fixed' },
  });
  const left = after.kind === 'full' ? after.items : [];
  expect(left.filter(({ code }) => code === wrong!.code).length).toBeLessThan(
    fixable.filter(({ code }) => code === wrong!.code).length,
  );
});

/** Files of all kinds, and one that contains every kind of element. */
function sampleTexts(): readonly string[] {
  const sample = [
    '# syntax=docker/dockerfile:1',
    'ARG V=3',
    'FROM python:${V:-3} AS a',
    'RUN --mount=type=cache,target=/x apt-get update && \\',
    '    # why',
    '    apt-get install -y "curl"',
    'COPY --from=a --chown=1:1 <<EOF /x',
    'a $V',
    'EOF',
    'HEALTHCHECK --interval=5s CMD ["a", "b"]',
    'ONBUILD ENV A=1 B="$A"',
  ].join('\n');
  return [sample, ...someDockerfiles(45)];
}

/** A rename that would change a build is refused with a sentence. */
function expectReason(error: unknown): void {
  expect(error).toMatchObject({ code: LSPErrorCodes.RequestFailed });
  expect(String(error)).toMatch(/ \S+ /);
}

test('answers all requests for files that are cut off anywhere', async () => {
  const one = await start();
  const { connection } = one;
  let asked = 0;
  for (const whole of sampleTexts()) {
    for (let cut = 0; cut < 50; cut++) {
      const left = whole.slice(0, Math.floor((whole.length * (cut + 1)) / 50));
      const position: Position = lines(left).positionAt(left.length);
      const textDocument = { uri: `untitled:${++asked}` };
      const place = { textDocument, position };
      await one.open(textDocument.uri, left);
      const range = { start: position, end: position };
      const all = { start: { line: 0, character: 0 }, end: position };
      const context = { includeDeclaration: true, diagnostics: [] };
      await Promise.all([
        connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument }),
        connection.sendRequest(CompletionRequest.type, place),
        connection.sendRequest(HoverRequest.type, place),
        connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
        connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
        connection.sendRequest(DefinitionRequest.type, place),
        connection.sendRequest(ReferencesRequest.type, { ...place, context }),
        connection.sendRequest(DocumentHighlightRequest.type, place),
        connection.sendRequest(PrepareRenameRequest.type, place).catch(expectReason),
        connection.sendRequest(CodeActionRequest.type, { textDocument, range, context }),
        connection.sendRequest(SignatureHelpRequest.type, place),
        connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] }),
        connection.sendRequest(DocumentLinkRequest.type, { textDocument }),
        connection.sendRequest(InlayHintRequest.type, { textDocument, range: all }),
        connection.sendRequest(SemanticTokensRequest.type, { textDocument }),
        connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range: all }),
      ]);
      await one.close(textDocument.uri);
    }
  }
  expect(asked).toBeGreaterThanOrEqual(50);
});
