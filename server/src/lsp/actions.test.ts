/** Quick fixes and refactorings. */
import { describe, expect, test } from 'vitest';
import {
  CodeActionRequest,
  CodeActionTriggerKind,
  type CodeAction,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { imageDigest } from '../../../contract/protocol.ts';
import { defaultCapabilities, applyTextEdits, type LspClient } from '../../../test/lsp-client.ts';
import { noSudo, range, session } from '../../../test/lsp-session.ts';
import { rules } from '../rules/index.ts';

const uri = 'file:///a/Dockerfile';
const ofRule = () => Promise.resolve([noSudo]);
const ofAllRules = () => Promise.resolve(rules);

async function actions(
  one: LspClient,
  [line, character]: readonly [number, number],
  context: { readonly only?: string[]; readonly triggerKind?: CodeActionTriggerKind } = {},
): Promise<readonly CodeAction[]> {
  const answer = await one.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: range(line, character, line, character),
    context: { diagnostics: [], ...context },
  });
  return (answer ?? []) as CodeAction[];
}

describe('quick fixes', () => {
  const text = 'FROM a AS b\nRUN sudo ls\nFROM b\n';
  const ask = async (one: LspClient, only?: string[]): Promise<readonly CodeAction[]> => {
    const answer = await one.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: range(1, 5, 1, 5),
      context: { diagnostics: [], ...(only && { only }) },
    });
    return answer as CodeAction[];
  };
  test('offers the preferred fix first, and the ignore comment last', async () => {
    const one = await session({ rules: ofRule });
    await one.open(uri, text);
    const found = await ask(one, ['quickfix']);
    expect(found.map(({ title }) => title)).toEqual([
      'Leave it out',
      'Disable `no-sudo` for this line (ignore comment)',
    ]);
    expect(found[0]).toMatchObject({
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'no-sudo' }],
    });
    const [change] = found[0]?.edit?.documentChanges as TextDocumentEdit[];
    expect(applyTextEdits(text, change!.edits as never)).toBe('FROM a AS b\nRUN ls\nFROM b\n');
  });
  test('offers to fix everything only if the kind is requested', async () => {
    const one = await session({ rules: ofRule, capabilities: {} });
    await one.open(uri, `${text}RUN sudo sudo ls\n`);
    expect((await ask(one, ['source'])).map(({ kind }) => kind)).toEqual(['source.fixAll.drydock']);
    const [action] = await ask(one, ['source.fixAll']);
    expect(applyTextEdits(`${text}RUN sudo sudo ls\n`, action?.edit?.changes?.[uri] ?? [])).toBe(
      'FROM a AS b\nRUN ls\nFROM b\nRUN ls\n',
    );
    expect(await ask(one, ['refactor.inline'])).toEqual([]);
  });
});

describe('refactorings', () => {
  const text = 'FROM alpine:3.22\nRUN a && b\nRUN c\n';
  test('are returned with the version of the document', async () => {
    const one = await session({ rules: ofAllRules });
    await one.open(uri, text);
    const found = await actions(one, [1, 1], { only: ['refactor'] });
    const heredoc = found.find(({ title }) => title === 'Convert to heredoc');
    expect(heredoc?.kind).toBe('refactor.rewrite');
    const [change] = (heredoc?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    expect(applyTextEdits(text, (change?.edits ?? []) as never)).toBe(
      'FROM alpine:3.22\nRUN <<EOF\nset -e\na\nb\nEOF\nRUN c\n',
    );
  });
  test('are returned only for the requested kinds, and do not show the lightbulb automatically', async () => {
    const one = await session({ rules: ofAllRules });
    await one.open(uri, text);
    expect(await actions(one, [0, 12], { only: ['refactor.inline'] })).toEqual([]);
    expect(await actions(one, [0, 12], { only: ['refactor.extract'] })).toHaveLength(1);
    const triggerKind = CodeActionTriggerKind.Automatic;
    expect(await actions(one, [1, 1], { triggerKind })).toEqual([]);
    const invoked = await actions(one, [1, 1], { triggerKind: CodeActionTriggerKind.Invoked });
    expect(invoked.length).toBeGreaterThan(1);
  });
  test('have the right range in UTF-8, and with several documents open', async () => {
    const one = await session({
      rules: ofAllRules,
      capabilities: { ...defaultCapabilities, general: { positionEncodings: ['utf-8'] } },
    });
    await one.open('file:///b/Dockerfile', 'FROM b\n');
    await one.open(uri, 'FROM alpine:3.22\nRUN echo äöü && b\n');
    const found = await actions(one, [1, 17], { only: ['refactor.rewrite'] });
    const split = found.find(({ title }) => title === 'Split RUN here');
    const [change] = (split?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument.uri).toBe(uri);
    expect(change?.edits).toEqual([{ range: range(1, 15, 1, 19), newText: '\nRUN ' }]);
  });
  test('do not repeat a quick fix', async () => {
    const one = await session({ rules: ofAllRules });
    await one.open(uri, 'FROM alpine:3.22\nENV A b\n');
    const titles = (await actions(one, [1, 5])).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
  test('pin an image if the client has its digest', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const one = await session({
      rules: ofAllRules,
      prepare: (connection) =>
        void connection.onRequest(imageDigest, ({ name }: { name: string }) =>
          name === 'alpine:3.22' ? digest : null,
        ),
    });
    await one.open(uri, text);
    const pinned = (await actions(one, [0, 12])).find(({ title }) => title.startsWith('Pin to'));
    expect(JSON.stringify(pinned?.edit)).toContain(`"@${digest}"`);
    expect(
      JSON.stringify(await actions(await session({ rules: ofAllRules }), [0, 12])),
    ).not.toContain('Pin to');
  });
});
