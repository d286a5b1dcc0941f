import { expect, test } from 'vitest';
import {
  CodeActionRequest,
  DocumentDiagnosticRequest,
  DocumentLinkRequest,
  HoverRequest,
  type CodeAction,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../../../contract/protocol.ts';
import type { LspClient } from '../../../test/lsp-client.ts';
import { session } from '../../../test/lsp-session.ts';
import { rules } from '../rules/index.ts';
import { rulePages } from './rule-pages.ts';

const uri = 'untitled:Dockerfile';
const text = 'FROM alpine:3.22\n# drydock ignore=apk-no-cache\nMAINTAINER me\n';
const line = 2;

async function start(options: InitializationOptions, pages?: string): Promise<LspClient> {
  const one = await session({
    rules: () => Promise.resolve(rules),
    options,
    ...(pages !== undefined && { pages }),
  });
  await one.open(uri, text);
  return one;
}

async function pagesOf({ connection }: LspClient): Promise<readonly (string | undefined)[]> {
  const textDocument = { uri };
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
  const items = report.kind === 'full' ? report.items : [];
  const links = await connection.sendRequest(DocumentLinkRequest.type, { textDocument });
  return [
    items.find(({ code }) => code === 'maintainer')?.codeDescription?.href,
    links?.find(({ range }) => range.start.line === 1)?.target,
  ];
}

async function explanations({ connection }: LspClient): Promise<readonly unknown[]> {
  const answer = await connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: { line, character: 2 }, end: { line, character: 2 } },
    context: { diagnostics: [], only: ['quickfix'] },
  });
  return (answer as CodeAction[]).map(({ command }) => command).filter((it) => it !== undefined);
}

test('gives a client with the command links that run it if there are no files, and an action for each rule', async () => {
  const one = await start({ explains: true });
  expect(await pagesOf(one)).toEqual([
    'command:drydock.rules.explain?%5B%22maintainer%22%5D',
    'command:drydock.rules.explain?%5B%22apk-no-cache%22%5D',
  ]);
  expect(await explanations(one)).toEqual([
    {
      title: 'Explain This Rule: maintainer',
      command: 'drydock.rules.explain',
      arguments: ['maintainer'],
    },
  ]);
});

test.each([
  [{}, 0],
  [{ explains: true }, 1],
] as const)('gives a client with %j the addresses of the files', async (options, actions) => {
  const one = await start(options, 'file:///drydock/docs/rules/');
  expect(await pagesOf(one)).toEqual([
    'file:///drydock/docs/rules/maintainer.md',
    'file:///drydock/docs/rules/apk-no-cache.md',
  ]);
  expect(await explanations(one)).toHaveLength(actions);
});

test('gives no address without pages, and shows the rule id in the hover', async () => {
  const one = await start({});
  expect(await pagesOf(one)).toEqual([undefined, undefined]);
  const hover = await one.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 1, character: 22 },
  });
  expect(hover?.contents).toMatchObject({
    value: expect.stringMatching(/`apk-no-cache`$/) as string,
  });
});

test('uses the language of the client', () => {
  const page = (options: InitializationOptions) => rulePages(options, 'file:///p/')('apk-no-cache');
  expect(page({ locale: 'zh-cn' })).toBe('file:///p/zh-cn/apk-no-cache.md');
  expect(page({ locale: 'zh-CN' })).toBe('file:///p/zh-cn/apk-no-cache.md');
  expect(page({ locale: 'de' })).toBe('file:///p/apk-no-cache.md');
  expect(page({})).toBe('file:///p/apk-no-cache.md');
});

test('links ShellCheck codes to its wiki in every client', () => {
  for (const options of [{}, { explains: true }] as const) {
    expect(rulePages(options, undefined)('shellcheck/SC2086')).toBe(
      'https://www.shellcheck.net/wiki/SC2086',
    );
  }
});
