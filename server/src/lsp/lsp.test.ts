/** Capabilities, and requests that are cancelled. */
import { describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  CompletionRequest,
  LSPErrorCodes,
  type ClientCapabilities,
} from 'vscode-languageserver/node';
import { localImages } from '../../../contract/protocol.ts';
import { defaultCapabilities } from '../../../test/lsp-client.ts';
import { event, session } from '../../../test/lsp-session.ts';

const uri = 'untitled:Dockerfile';

describe('initialize', () => {
  test('offers pulled diagnostics only to a client that supports them', async () => {
    const pulling = await session();
    expect(pulling.initialized.capabilities.diagnosticProvider).toBeDefined();
    const pushed = await session({ capabilities: {} });
    expect(pushed.initialized.capabilities.diagnosticProvider).toBeUndefined();
  });
  test('uses UTF-16 unless the client prefers UTF-8', async () => {
    const general = (positionEncodings: string[]): ClientCapabilities => ({
      ...defaultCapabilities,
      general: { positionEncodings },
    });
    const encodings = [['utf-8', 'utf-16'], ['utf-32', 'utf-16'], ['utf-32'], []];
    const answers: unknown[] = [];
    for (const offered of encodings) {
      const { initialized } = await session({ capabilities: general(offered) });
      answers.push(initialized.capabilities.positionEncoding);
    }
    expect(answers).toEqual(['utf-8', 'utf-16', 'utf-16', 'utf-16']);
  });
});

test('a cancelled request is answered with an error', async () => {
  const reached = event();
  const one = await session({
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
