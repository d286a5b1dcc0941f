/** Language servers in this process, and small editors that are connected to them by two pipes. */
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  createConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type ProtocolConnection,
  type Range,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../contract/protocol.ts';
import type { Registered } from '../server/src/lint/rule.ts';
import { serve, type Environment } from '../server/src/lsp/serve.ts';
import { replace } from '../server/src/text/edit.ts';
import { startClient, type LspClient } from './lsp-client.ts';

/** The two pipes of a server: it reads `up` and writes `down`. */
export interface Pipes {
  readonly up: PassThrough;
  readonly down: PassThrough;
}

/** Starts a server without files and rules, unless the environment has them. */
export function serving(environment: Partial<Environment> = {}): Pipes {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  serve(connection, {
    files: { read: () => Promise.resolve(undefined) },
    rules: () => Promise.resolve([]),
    ...environment,
  });
  return { up, down };
}

export interface Session extends Partial<Environment> {
  readonly capabilities?: ClientCapabilities;
  readonly prepare?: (connection: ProtocolConnection) => void;
  readonly options?: InitializationOptions;
}

/** A server and an editor, which quits when the test ends. */
export async function session({
  capabilities,
  prepare,
  options,
  ...environment
}: Session = {}): Promise<LspClient> {
  const { up, down } = serving(environment);
  const one = await startClient(down, up, capabilities, prepare, options);
  onTestFinished(() => one.quit({ exit: false }));
  return one;
}

/** A promise that resolves on a notification. */
export function event(): { readonly promise: Promise<void>; resolve(): void } {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => (done = resolve));
  return { promise, resolve: () => done() };
}

export function range(
  line: number,
  character: number,
  endLine: number,
  endCharacter: number,
): Range {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

/** A rule that reports every `sudo`, with a fix. */
export const noSudo: Registered = {
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
