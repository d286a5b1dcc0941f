import { afterEach, expect, test, vi } from 'vitest';
import {
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeParams,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { trusted, type InitializationOptions } from '../../../contract/protocol.ts';
import { document } from '../model/document.ts';
import { findShellCheck } from '../shellcheck/program.ts';
import { serving } from '../../../test/lsp-session.ts';
import { shellChecks, type FindShellCheck } from './shell-checks.ts';

const program = await findShellCheck('auto', () => undefined);
/** Skipped where `shellcheck` is not installed. */
const real = test.skipIf(program === undefined);

const uri = 'untitled:Dockerfile';
const connections: ProtocolConnection[] = [];
afterEach(() => {
  for (const one of connections.splice(0)) one.dispose();
});

interface Started {
  readonly connection: ProtocolConnection;
  /** Resolves when the server requests a refresh of the diagnostics. */
  readonly refreshed: () => Promise<void>;
  /** The programs that were searched for, in order. */
  readonly searched: readonly string[];
}

async function start(
  capabilities: ClientCapabilities,
  initializationOptions: InitializationOptions = {},
): Promise<Started> {
  const searched: string[] = [];
  const find: FindShellCheck = async (path, warn) => {
    searched.push(path);
    return findShellCheck(path, warn);
  };
  const { up, down } = serving({ findShellCheck: find });
  const connection = createProtocolConnection(
    new StreamMessageReader(down),
    new StreamMessageWriter(up),
  );
  connections.push(connection);
  let tell: () => void = () => undefined;
  connection.onRequest(DiagnosticRefreshRequest.type, () => tell());
  connection.listen();
  const params = { processId: null, capabilities, initializationOptions };
  await connection.sendRequest(InitializeRequest.type, params as unknown as InitializeParams);
  await connection.sendNotification(InitializedNotification.type, {});
  return { connection, searched, refreshed: () => new Promise<void>((done) => (tell = done)) };
}

const pulls: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
};

function open({ connection }: Started, text: string): Promise<void> {
  return connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'dockerfile', version: 1, text },
  });
}

function change({ connection }: Started, version: number, text: string): Promise<void> {
  return connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });
}

async function pull({ connection }: Started): Promise<readonly Diagnostic[]> {
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  });
  return report.kind === 'full' ? report.items : [];
}

function codes(items: readonly Diagnostic[]): readonly unknown[] {
  return items.map(({ code, range }) => [code, range.start.line]);
}

real(
  'reports findings after the first answer, and keeps them while other lines are edited',
  async () => {
    const one = await start(pulls);
    await open(one, 'FROM a\nRUN b "$c"\n');
    const refresh = one.refreshed();
    expect(codes(await pull(one))).toEqual([]);
    await refresh;
    const [found] = await pull(one);
    expect(found).toMatchObject({
      code: 'shellcheck/SC2154',
      source: 'drydock',
      codeDescription: { href: 'https://www.shellcheck.net/wiki/SC2154' },
      range: { start: { line: 1, character: 7 }, end: { line: 1, character: 9 } },
    });
    await change(one, 2, 'FROM a\nENV d=e\nRUN b "$c"\n');
    const again = one.refreshed();
    await pull(one);
    await again;
    expect(codes(await pull(one))).toEqual([['shellcheck/SC2154', 2]]);
    // The script is the same: the program is not run again.
    await change(one, 3, 'FROM a\n\nENV d=e\nRUN b "$c"\n');
    expect(codes(await pull(one))).toEqual([['shellcheck/SC2154', 3]]);
  },
);

real('checks only the newest text', async () => {
  const one = await start(pulls);
  await open(one, 'FROM a\nRUN b "$c"\n');
  await pull(one);
  await change(one, 2, 'FROM a\nRUN b "$c" && d "$e"\n');
  await expect.poll(async () => codes(await pull(one))).toHaveLength(2);
});

real('publishes diagnostics again for a client that cannot pull', async () => {
  const one = await start({});
  const published: Diagnostic[][] = [];
  one.connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => {
    published.push(diagnostics);
  });
  await open(one, 'FROM a\nRUN b "$c"\n');
  await expect.poll(() => published.length).toBe(2);
  expect(published.map((items) => items.map(({ code }) => code))).toEqual([
    [],
    ['shellcheck/SC2154'],
  ]);
});

real('runs nothing until the workspace is trusted', async () => {
  const one = await start(pulls, { builds: 'later' });
  await open(one, 'FROM a\nRUN b "$c"\n');
  expect(await pull(one)).toEqual([]);
  expect(one.searched).toEqual([]);
  const trusting = one.refreshed();
  await one.connection.sendNotification(trusted);
  await trusting;
  const refresh = one.refreshed();
  await pull(one);
  await refresh;
  expect(one.searched).toEqual(['auto']);
  expect(codes(await pull(one))).toEqual([['shellcheck/SC2154', 1]]);
});

test('searches for the program when typing has stopped in a file with a script', async () => {
  vi.useFakeTimers();
  try {
    const find = vi.fn(() => Promise.resolve(undefined));
    const shells = shellChecks({ find, warn: () => undefined, found: () => undefined });
    const settings = { program: 'auto', config: { rules: {} } };
    shells.of(document('file:///a', 'FROM a\nCOPY a b\n'), settings);
    await vi.runAllTimersAsync();
    expect(find).not.toHaveBeenCalled();
    for (const script of ['l', 'ls', 'ls /']) {
      shells.of(document('file:///a', `FROM a\nRUN ${script}\n`), settings);
      expect(find).not.toHaveBeenCalled();
    }
    await vi.runAllTimersAsync();
    expect(find).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});
