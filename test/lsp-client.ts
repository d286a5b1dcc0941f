/** A minimal LSP client for a server on two streams. */
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  ExitNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../contract/protocol.ts';
import { applyEdits } from '../server/src/text/edit.ts';
import { lines } from '../server/src/text/lines.ts';

/** The capabilities of VS Code that the server reads. */
export const defaultCapabilities: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    completion: { completionItem: { snippetSupport: true } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  open(uri: string, text: string): Promise<void>;
  change(uri: string, changes: readonly { range: Range; text: string }[]): Promise<void>;
  close(uri: string): Promise<void>;
  /** The next diagnostics that the server publishes for a document. */
  nextDiagnostics(uri: string): Promise<PublishDiagnosticsParams>;
  /** Shuts the server down; pass `exit: false` if it runs in this process. */
  quit(options?: { readonly exit: boolean }): Promise<void>;
}

/** Initializes a session with a server that reads `output` and writes `input`. */
export async function startClient(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  capabilities: ClientCapabilities = defaultCapabilities,
  prepare: (connection: ProtocolConnection) => void = () => undefined,
  initializationOptions?: InitializationOptions,
): Promise<LspClient> {
  const connection = createProtocolConnection(
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  const unread = new Map<string, PublishDiagnosticsParams[]>();
  const waiting = new Map<string, (params: PublishDiagnosticsParams) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    const wait = waiting.get(params.uri);
    waiting.delete(params.uri);
    if (wait) wait(params);
    else unread.set(params.uri, [...(unread.get(params.uri) ?? []), params]);
  });
  prepare(connection);
  connection.listen();
  const params: Omit<InitializeParams, 'rootUri'> = {
    processId: null,
    workspaceFolders: null,
    capabilities,
    ...(initializationOptions && { initializationOptions }),
  };
  const initialized = await connection.sendRequest(
    InitializeRequest.type,
    params as InitializeParams,
  );
  await connection.sendNotification(InitializedNotification.type, {});
  const versions = new Map<string, number>();
  return {
    connection,
    initialized,
    open: (uri, text) => {
      versions.set(uri, 1);
      const textDocument = { uri, languageId: 'dockerfile', version: 1, text };
      return connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    },
    change: (uri, changes) => {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      return connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [...changes],
      });
    },
    close: (uri) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    nextDiagnostics: (uri) => {
      const [first, ...others] = unread.get(uri) ?? [];
      unread.set(uri, others);
      return first ? Promise.resolve(first) : new Promise((done) => waiting.set(uri, done));
    },
    quit: async ({ exit } = { exit: true }) => {
      await connection.sendRequest(ShutdownRequest.type);
      if (exit) await connection.sendNotification(ExitNotification.type);
      connection.dispose();
    },
  };
}

/** The text after the edits are applied. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const index = lines(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: index.offsetAt(range.start), end: index.offsetAt(range.end) },
      text: newText,
    })),
  );
}

/** The text that a range covers. */
export function textInRange(text: string, { start, end }: Range): string {
  const index = lines(text);
  return text.slice(index.offsetAt(start), index.offsetAt(end));
}
