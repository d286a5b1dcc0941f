import { expect, test } from 'vitest';
import {
  ConfigurationRequest,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type FormattingOptions,
} from 'vscode-languageserver/node';
import { defaultCapabilities, applyTextEdits, type LspClient } from '../../../test/lsp-client.ts';
import { session } from '../../../test/lsp-session.ts';

const uri = 'untitled:Dockerfile';
const textDocument = { uri };
const options: FormattingOptions = { tabSize: 2, insertSpaces: true };

/** A client that answers requests for settings when the test allows it. */
function start(settings: () => Promise<unknown>): Promise<LspClient> {
  return session({
    capabilities: {
      ...defaultCapabilities,
      workspace: { ...defaultCapabilities.workspace, configuration: true },
    },
    prepare: (client) =>
      void client.onRequest(ConfigurationRequest.type, async () => [await settings()]),
  });
}

test('formats a document, a range, and after a new line', async () => {
  const one = await start(() => Promise.resolve({}));
  const text = 'from é  as b\nrun a \\\nb\n\n\n';
  await one.open(uri, text);
  const whole = await one.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument,
    options,
  });
  expect(applyTextEdits(text, whole ?? [])).toBe('FROM é AS b\nRUN a \\\n  b\n');
  const lines = await one.connection.sendRequest(DocumentRangeFormattingRequest.type, {
    textDocument,
    options,
    range: { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } },
  });
  expect(applyTextEdits(text, lines ?? [])).toBe('from é  as b\nRUN a \\\nb\n\n\n');
  const typed = await one.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
    textDocument,
    options,
    position: { line: 2, character: 0 },
    ch: '\n',
  });
  expect(applyTextEdits(text, typed ?? [])).toBe('from é  as b\nrun a \\\n  b\n\n\n');
});

test('uses the setting for keywords and the option for the final newline', async () => {
  const one = await start(() => Promise.resolve({ format: { keywordCase: 'lower' } }));
  await one.open(uri, 'FROM a');
  const ask = { textDocument, options: { ...options, insertFinalNewline: false } };
  const edits = await one.connection.sendRequest(DocumentFormattingRequest.type, ask);
  expect(applyTextEdits('FROM a', edits ?? [])).toBe('from a');
});

test('returns no edits if the text has changed meanwhile', async () => {
  let answer: (settings: unknown) => void = () => undefined;
  const settings = new Promise((done) => (answer = done));
  const one = await start(() => settings);
  await one.open(uri, 'from a\n');
  const request = one.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument,
    options,
  });
  const place = { line: 0, character: 0 };
  await one.change(uri, [{ range: { start: place, end: place }, text: '# x\n' }]);
  await one.connection.sendNotification('$/setTrace', { value: 'off' });
  answer({});
  expect(await request).toEqual([]);
});
