/** The language server for browsers, in a worker of a real browser. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, startBrowser } from '../web/browser.mts';

const root = resolve(import.meta.dirname, '../..');
const bundle = process.env['DRYDOCK_WORKER'] ?? join(root, 'dist/server.browser.js');
const uri = 'untitled:Dockerfile';
const text = 'FROM node:22 AS build\nRUN apt-get install curl\nWORK\n';

/** Runs in the page: an untyped client, as the types of the DOM are not available here. */
const client = String.raw`(source) => {
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const pending = new Map();
  let count = 0;
  worker.onmessage = ({ data }) => {
    if (data.id === undefined) return;
    if (data.method === undefined) pending.get(data.id)?.(data);
    else worker.postMessage({ jsonrpc: '2.0', id: data.id, result: null });
  };
  window.failed = new Promise((done) => (worker.onerror = ({ message }) => done(message)));
  window.notify = (method, params) => worker.postMessage({ jsonrpc: '2.0', method, params });
  window.request = (method, params) =>
    new Promise((done) => {
      pending.set(++count, done);
      worker.postMessage({ jsonrpc: '2.0', id: count, method, params });
    });
}`;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  page = await openPage(browser);
  await page.addScriptTag({
    content: `(${client})(${inScript(readFileSync(bundle, 'utf8'))})`,
  });
});
afterAll(() => browser.close());

type Window = typeof globalThis & {
  readonly failed: Promise<unknown>;
  readonly notify: (method: string, params: object) => void;
  readonly request: (method: string, params: object) => Promise<unknown>;
};

/** The text as a string literal for an inline script, which must not contain `</script>`. */
function inScript(source: string): string {
  return JSON.stringify(source).replaceAll('</', '<\\/');
}

/** The answer of the worker, or its error. */
function ask(method: string, params: object): Promise<unknown> {
  return page.evaluate(
    ([name, sent]) => {
      const { request, failed } = globalThis as Window;
      return Promise.race([request(name, sent), failed]);
    },
    [method, params] as const,
  );
}

/** The labels of completions, which are a list with a mark if some were left out. */
async function labels(textDocument: object, position: object): Promise<readonly string[]> {
  type Items = readonly { readonly label: string }[];
  const { result } = (await ask('textDocument/completion', { textDocument, position })) as {
    readonly result: Items | { readonly items: Items };
  };
  return ('items' in result ? result.items : result).map(({ label }) => label);
}

test('answers requests in a worker', async () => {
  const capabilities = { textDocument: { diagnostic: {} } };
  expect(await ask('initialize', { processId: null, rootUri: null, capabilities })).toMatchObject({
    result: { serverInfo: { name: 'Drydock' } },
  });
  await page.evaluate(
    (document) => {
      const { notify } = globalThis as Window;
      notify('initialized', {});
      notify('textDocument/didOpen', { textDocument: document });
    },
    { uri, languageId: 'dockerfile', version: 1, text },
  );
  const textDocument = { uri };
  const { result: found } = (await ask('textDocument/diagnostic', { textDocument })) as {
    readonly result: { readonly items: readonly { readonly code: string }[] };
  };
  expect(found.items.map(({ code }) => code)).toContain('unknown-instruction');
  expect(await labels(textDocument, { line: 2, character: 4 })).toContain('WORKDIR');
  expect(await labels(textDocument, { line: 1, character: 22 })).toContain('curl');
  expect(await labels(textDocument, { line: 0, character: 10 })).toContain('24-slim');
  expect(
    JSON.stringify(
      await ask('textDocument/hover', { textDocument, position: { line: 0, character: 1 } }),
    ),
  ).toContain('FROM');
});

test('does not load modules of Node.js', () => {
  expect(readFileSync(bundle, 'utf8')).not.toMatch(
    /require\("(?:node:)?(?:fs|path|url|child_process|os)/,
  );
});
