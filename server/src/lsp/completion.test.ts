import { expect, test } from 'vitest';
import {
  CompletionItemTag,
  CompletionRequest,
  CompletionResolveRequest,
  type ClientCapabilities,
  type CompletionItem,
} from 'vscode-languageserver/node';
import { localImages } from '../../../contract/protocol.ts';
import { defaultCapabilities } from '../../../test/lsp-client.ts';
import { range, session } from '../../../test/lsp-session.ts';

const uri = 'untitled:Dockerfile';

test('completion, with snippets only if the client supports them', async () => {
  const ask = async (capabilities: ClientCapabilities): Promise<unknown> => {
    const one = await session({ capabilities });
    await one.open(uri, 'FROM a\nWO');
    const answer = await one.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: 2 },
    });
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    return items.find(({ label }) => label === 'WORKDIR')?.textEdit;
  };
  expect(await ask(defaultCapabilities)).toEqual({
    range: range(1, 0, 1, 2),
    newText: 'WORKDIR ${1:/app}',
  });
  expect(await ask({})).toEqual({ range: range(1, 0, 1, 2), newText: 'WORKDIR /app' });
});
test('completion with insert and replace ranges, and documentation on demand', async () => {
  const completionItem = {
    snippetSupport: true,
    insertReplaceSupport: true,
    resolveSupport: { properties: ['documentation'] },
  };
  const one = await session({ capabilities: { textDocument: { completion: { completionItem } } } });
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
    const one = await session({ capabilities });
    await one.open(uri, 'FROM oraclelinux:');
    const answer = await one.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: 0, character: 17 },
    });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  };
  const marked = await ask({ textDocument: { completion: { completionItem: { tagSupport } } } });
  const plain = await ask({});
  const ended = plain.filter(({ detail }) => detail?.startsWith('end of life since'));
  expect(ended.length).toBeGreaterThan(0);
  expect(marked.filter(({ tags }) => tags !== undefined)).toHaveLength(ended.length);
  expect(plain.filter(({ tags }) => tags !== undefined)).toHaveLength(0);
  const sorted = plain.map(({ sortText }) => sortText);
  expect(sorted).toEqual([...sorted].sort());
});
test("completion asks the client for its engine's images", async () => {
  const one = await session({
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
  // There are more images: the client asks again when more is typed.
  if (items === null || Array.isArray(items)) throw new Error('no list');
  expect(items.isIncomplete).toBe(true);
  expect(items.items[0]).toMatchObject({ label: 'local:1' });
});
