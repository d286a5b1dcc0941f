/**
 * One connection by the protocol, over the library that speaks JSON-RPC and nothing above it. The library for language
 * servers knows every part of the protocol there is: to load it took longer than all of our own, and a quarter as much
 * as Node.js itself takes to start.
 */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc';
import { notifications, requests } from './methods.ts';
import type { Connection, InitializeParams, InitializeResult } from './protocol.ts';

/** What the process around a connection does for it. */
export interface Host {
  /** The client's process, which the server is not to outlive. */
  readonly watch?: (processId: number) => void;
  readonly exit?: (code: number) => void;
}

type Handler = (params: unknown, token: CancellationToken) => unknown;

/** Speaks as the server over messages; nothing is read until it listens. */
export function connect(rpc: MessageConnection, { watch, exit }: Host = {}): Connection {
  const requested = (method: string) => (handler: Handler) =>
    rpc.onRequest(method, (params: unknown, token: CancellationToken) => handler(params, token));
  const noticed = (method: string) => (handler: (params: unknown) => void) =>
    rpc.onNotification(method, (params: unknown) => handler(params));
  const show = (type: number) => (message: string) => {
    rpc.sendNotification('window/logMessage', { type, message }).catch(() => undefined);
  };
  let isShutDown = false;
  let registrations = 0;
  rpc.onRequest('shutdown', () => {
    isShutDown = true;
    return null;
  });
  rpc.onNotification('exit', () => exit?.(isShutDown ? 0 : 1));
  const all = {
    listen: () => rpc.listen(),
    onInitialize: (handler: (params: InitializeParams) => InitializeResult) =>
      rpc.onRequest('initialize', (params: InitializeParams) => {
        const { processId } = params;
        if (typeof processId === 'number') watch?.(processId);
        return handler(params);
      }),
    onRequest: rpc.onRequest.bind(rpc),
    onNotification: rpc.onNotification.bind(rpc),
    sendRequest: rpc.sendRequest.bind(rpc),
    sendDiagnostics: (params: object) =>
      rpc.sendNotification('textDocument/publishDiagnostics', params),
    client: {
      register: (method: string, registerOptions: object) => {
        const id = `drydock-${String(++registrations)}`;
        const params = { registrations: [{ id, method, registerOptions }] };
        return rpc.sendRequest<unknown>('client/registerCapability', params);
      },
    },
    console: { error: show(1), warn: show(2) },
    workspace: {
      getConfiguration: async (item: object): Promise<unknown> => {
        const params = { items: [item] };
        const answer = await rpc.sendRequest<unknown>('workspace/configuration', params);
        return Array.isArray(answer) ? answer[0] : undefined;
      },
    },
    languages: languagesOf(rpc, requested),
    ...mapped(requests, requested),
    ...mapped(notifications, noticed),
  };
  // The names and the methods are the tables' to say; what is handed over is what the protocol's types promise.
  return all as unknown as Connection;
}

function mapped<T>(names: Readonly<Record<string, string>>, make: (method: string) => T): object {
  return Object.fromEntries(Object.entries(names).map(([name, method]) => [name, make(method)]));
}

/** What the library keeps apart. */
function languagesOf(
  rpc: MessageConnection,
  requested: (method: string) => (handler: Handler) => unknown,
): object {
  const refresh = (method: string) => () => rpc.sendRequest<undefined>(method);
  return {
    diagnostics: {
      on: requested('textDocument/diagnostic'),
      refresh: refresh('workspace/diagnostic/refresh'),
    },
    inlayHint: {
      on: requested('textDocument/inlayHint'),
      refresh: refresh('workspace/inlayHint/refresh'),
    },
    semanticTokens: {
      on: requested('textDocument/semanticTokens/full'),
      onDelta: requested('textDocument/semanticTokens/full/delta'),
      onRange: requested('textDocument/semanticTokens/range'),
    },
    callHierarchy: {
      onPrepare: requested('textDocument/prepareCallHierarchy'),
      onIncomingCalls: requested('callHierarchy/incomingCalls'),
      onOutgoingCalls: requested('callHierarchy/outgoingCalls'),
    },
  };
}
