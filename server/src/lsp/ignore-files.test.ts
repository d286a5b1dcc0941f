import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import {
  CodeActionRequest,
  CompletionRequest,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  type CodeAction,
  type CompletionList,
  type FullDocumentDiagnosticReport,
  type MarkupContent,
} from 'vscode-languageserver/node';
import { session } from '../../../test/lsp-session.ts';
import { applyTextEdits, type LspClient } from '../../../test/lsp-client.ts';
import { localFiles } from './local-files.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

interface Opened {
  readonly client: LspClient;
  readonly uri: string;
  readonly text: string;
}

/** A server with an open ignore file in a directory with these files, each of the given number of bytes. */
async function opened(
  text: string,
  files: Readonly<Record<string, number>> = {},
  name = '.dockerignore',
  languageId = 'dockerignore',
): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-ignore-'));
  made.push(folder);
  for (const [file, bytes] of Object.entries({ ...files, [name]: 0 })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file === name ? text : 'x'.repeat(bytes));
  }
  const client = await session({ files: localFiles() });
  const uri = pathToFileURL(join(folder, name)).href;
  await client.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId, version: 1, text },
  });
  return { client, uri, text };
}

/** Each problem as `line: severity code message`. */
async function problems({ client, uri }: Opened): Promise<readonly string[]> {
  const { items } = (await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  })) as FullDocumentDiagnosticReport;
  return items.map(
    ({ range, severity, code, message }) =>
      `${range.start.line + 1}: ${['', 'error', 'warning', 'info', 'hint'][severity ?? 0] ?? ''} ${String(code)}: ${textOf(message)}`,
  );
}

function textOf(message: string | MarkupContent): string {
  return typeof message === 'string' ? message : message.value;
}

async function hover({ client, uri }: Opened, line: number, character = 1): Promise<string> {
  const found = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: line - 1, character },
  });
  return found === null ? '' : (found.contents as MarkupContent).value;
}

/** The text after the first fix on a line. */
async function fixed({ client, uri, text }: Opened, line: number): Promise<string> {
  const place = { line: line - 1, character: 0 };
  const found = (await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: place, end: { ...place, character: 200 } },
    context: { diagnostics: [] },
  })) as CodeAction[];
  const [change] = found[0]?.edit?.documentChanges ?? [];
  return change && 'edits' in change
    ? applyTextEdits(text, change.edits as Parameters<typeof applyTextEdits>[1])
    : text;
}

const project = {
  Dockerfile: 10,
  'app/main.py': 100,
  'app/test.log': 2000,
  'node_modules/a/index.js': 3_000_000,
  'node_modules/keep/index.js': 1000,
  'web/node_modules/b.js': 5,
};

test('reports nothing in a file whose lines all have an effect', async () => {
  const file = await opened(
    '# dependencies\n**/node_modules\n!node_modules/keep\n**/*.log\n',
    project,
  );
  expect(await problems(file)).toEqual([]);
});

test('reports patterns that Docker rejects or reads differently from what was meant', async () => {
  const file = await opened(
    'a[\n!\n # comment\napp # note\napp\\main.py\n../x\nb\\ \n\u200bapp\n!web\n',
    project,
  );
  expect(await problems(file)).toEqual([
    '1: error ignore-invalid-pattern: `a[` is not a valid pattern, so the build fails',
    '2: error ignore-invalid-pattern: `!` without a pattern fails the build',
    '3: warning ignore-comment: This is a pattern: a comment must begin with `#` at the start of the line',
    '4: warning ignore-comment: This is part of the pattern: a comment must be on a separate line',
    '5: error ignore-backslash: `\\` is not a path separator in ignore files, also on Windows',
    '6: warning ignore-outside-context: This path is outside the build context, so it matches nothing',
    '7: error ignore-invalid-pattern: A pattern that ends with `\\` fails the build, and spaces after it are removed',
    '8: warning ignore-character: The invisible character U+200B is part of this pattern',
  ]);
});

test('reports an exception before which nothing is excluded', async () => {
  expect(await problems(await opened('web\n!app\napp\n', project))).toEqual([
    '2: warning ignore-no-effect: No effect: line 3 excludes the same files again',
  ]);
  expect(await problems(await opened('!app\n*.md\n', { 'a.md': 1, 'app/x': 1 }))).toEqual([
    '1: warning ignore-no-effect: No effect: no pattern before this one excludes anything',
  ]);
});

test('reports duplicates, and patterns that another line makes useless', async () => {
  const file = await opened('app/main.py\napp\n**/node_modules\napp\n', project);
  expect(await problems(file)).toEqual([
    '1: hint ignore-no-effect: No effect: line 2 already matches all of its files',
    '4: hint ignore-duplicate: Duplicate of line 2',
  ]);
});

test('reports patterns that match nothing, with one that does', async () => {
  const file = await opened('b.js\nAPP\nnothing\n.\n', project);
  expect(await problems(file)).toEqual([
    '1: warning ignore-matches-nothing: Matches nothing at this place; `**/b.js` matches 1 path',
    '2: warning ignore-matches-nothing: Matches nothing at this place; `app` matches 1 path',
    '3: hint ignore-matches-nothing: Matches nothing in the build context',
    '4: warning ignore-matches-nothing: Matches nothing at this place; `*` matches 5 paths',
  ]);
  expect(await fixed(file, 1)).toBe('**/b.js\nAPP\nnothing\n.\n');
  expect(await fixed(file, 3)).toBe('b.js\nAPP\n.\n');
});

test('reports only what the text says if files cannot be read', async () => {
  const client = await session();
  const uri = 'memory:/.dockerignore';
  await client.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'dockerignore', version: 1, text: 'a\na\n' },
  });
  const file = { client, uri, text: 'a\na\n' };
  expect(await problems(file)).toEqual(['2: hint ignore-duplicate: Duplicate of line 1']);
  expect(await hover(file, 1, 0)).toBe('');
});

test.each([
  [' # note\n', '# note\n'],
  ['app # note\n', '# note\napp\n'],
  ['app\\main.py\n', 'app/main.py\n'],
  ['\u200bapp\n', 'app\n'],
  ['a\r\n!\r\n', 'a\r\n'],
  ['app\n!', 'app'],
])('fixes %j', async (text, result) => {
  const file = await opened(text, project);
  const found = await problems(file);
  const line = Number(found.at(-1)?.split(':')[0]);
  expect(await fixed(file, line)).toBe(result);
});

test('counts what a line matches, and names the lines that decide otherwise', async () => {
  const file = await opened('**/node_modules\n!node_modules/keep\n**/*.js\n', project);
  expect(await hover(file, 1)).toBe(
    'Excludes: **3 files · 4 directories · 3 MB**\n\nLine 3, `**/*.js`, matches 1 file of them too.',
  );
  expect(await hover(file, 2)).toBe(
    'Includes again: **1 file · 1 directory · 1 kB**\n\nLine 3, `**/*.js`, excludes 1 file of them.',
  );
});

test('completes the paths of the context', async () => {
  const file = await opened('app/\n!\n# a\n', project);
  const complete = async (line: number, character: number): Promise<readonly string[]> => {
    const found = (await file.client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: file.uri },
      position: { line, character },
    })) as CompletionList | { label: string }[];
    return ('items' in found ? found.items : found).map(({ label }) => label);
  };
  expect(await complete(0, 4)).toEqual(['main.py', 'test.log']);
  expect(await complete(1, 1)).toEqual([
    'app/',
    'node_modules/',
    'web/',
    '.dockerignore',
    'Dockerfile',
  ]);
  expect(await complete(2, 3)).toEqual([]);
});

test('serves files of another language by their name, and the context of their Dockerfile', async () => {
  const file = await opened(
    'main.py\n',
    { 'docker/web.Dockerfile': 1, 'main.py': 3 },
    'docker/web.Dockerfile.dockerignore',
    'ignore',
  );
  expect(await problems(file)).toEqual([
    '1: hint ignore-matches-nothing: Matches nothing in the build context',
  ]);
});

test('finds new problems when the text changes', async () => {
  const file = await opened('app\n', project);
  expect(await problems(file)).toEqual([]);
  await file.client.change(file.uri, [
    {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
      text: 'none',
    },
  ]);
  expect(await problems(file)).toEqual([
    '1: hint ignore-matches-nothing: Matches nothing in the build context',
  ]);
});
