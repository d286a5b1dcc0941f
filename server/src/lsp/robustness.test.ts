/** Long documents, and messages that clients should not send. */
import { describe, expect, test } from 'vitest';
import {
  DocumentDiagnosticRequest,
  HoverRequest,
  type Diagnostic,
} from 'vscode-languageserver/node';
import type { LspClient } from '../../../test/lsp-client.ts';
import { noSudo, range, session } from '../../../test/lsp-session.ts';
import type { Registered } from '../lint/rule.ts';

const uri = 'untitled:Dockerfile';
const text = 'FROM a AS b\nRUN sudo ls\nFROM b\n';

function start({ rules = [noSudo] }: { rules?: readonly Registered[] } = {}): Promise<LspClient> {
  return session({ rules: () => Promise.resolve(rules) });
}

async function pull(one: LspClient, of = uri): Promise<readonly Diagnostic[]> {
  const report = await one.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: of },
  });
  return report.kind === 'full' ? report.items : [];
}

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
