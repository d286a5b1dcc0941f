/** Ignore files in the built server, as an editor starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  type FullDocumentDiagnosticReport,
  type MarkupContent,
} from 'vscode-languageserver/node';
import { afterEach, expect, test } from 'vitest';
import { defaultCapabilities, startClient, type LspClient } from '../lsp-client.ts';

const root = resolve(import.meta.dirname, '../..');
const server = process.env['DRYDOCK_SERVER'] ?? join(root, 'dist/server.js');

let child: ChildProcess | undefined;
let folder = '';
afterEach(() => {
  child?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function start(locale = 'en', bundle?: Readonly<Record<string, string>>): Promise<LspClient> {
  const process = spawn('node', [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child = process;
  const options = { locale, ...(bundle && { bundle }) };
  return startClient(process.stdout, process.stdin, defaultCapabilities, undefined, options);
}

async function open(client: LspClient, text: string): Promise<string> {
  const uri = pathToFileURL(join(folder, '.dockerignore')).href;
  const textDocument = { uri, languageId: 'dockerignore', version: 1, text };
  await client.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  return uri;
}

async function messages(client: LspClient, uri: string): Promise<readonly unknown[]> {
  const { items } = (await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  })) as FullDocumentDiagnosticReport;
  return items.map(({ message }) => message);
}

async function hover(client: LspClient, uri: string, line: number): Promise<string> {
  const found = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line, character: 1 },
  });
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
}

test('loads what ignore files need when one is opened, in the language of the editor', async () => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-ignore-'));
  writeFileSync(join(folder, 'a.log'), 'x'.repeat(1500));
  const client = await start('zh-cn', { 'Duplicate of line {0}': '与第 {0} 行重复' });
  const uri = await open(client, '*.log\n*.log\n');
  expect(await messages(client, uri)).toEqual(['与第 1 行重复']);
  expect(await hover(client, uri, 0)).toContain('**1 file · 1.5 kB**');
  await client.quit();
});

test('answers for a context with many files', async () => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-ignore-'));
  const count = 3000;
  for (let i = 0; i < count; i++) {
    if (i % 500 === 0) mkdirSync(join(folder, `d${String(i / 500)}`));
    writeFileSync(join(folder, `d${String(Math.floor(i / 500))}`, `f${String(i)}.txt`), 'x');
  }
  const client = await start();
  const uri = await open(client, 'none[\nd1\n**/*.txt\n');
  // What the text alone says is answered at once.
  expect(await messages(client, uri)).toContain(
    '`none[` is not a valid pattern, so the build fails',
  );
  await expect
    .poll(() => hover(client, uri, 2), { timeout: 60_000 })
    .toContain('**3,000 files · 3 kB**');
  await client.quit();
});
