/**
 * `node --import tsx scripts/lsp-methods.mts [FOLDER]` writes docs/lsp-methods.md: what each server promises in its live
 * answer to `initialize`. FOLDER is where
 * dockerfile-language-server-nodejs is installed, TALLY the program of @wharflab/tally-linux-x64.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { capabilities, start } from './bench/lsp-client.ts';

const root = resolve(import.meta.dirname, '..');

/** Methods by the capability that promises them, and the part of it that must be set. */
const methods: readonly (readonly [method: string, capability: string, part?: string])[] = [
  ['textDocument/diagnostic', 'diagnosticProvider'],
  ['textDocument/completion', 'completionProvider'],
  ['completionItem/resolve', 'completionProvider', 'resolveProvider'],
  ['textDocument/hover', 'hoverProvider'],
  ['textDocument/signatureHelp', 'signatureHelpProvider'],
  ['textDocument/definition', 'definitionProvider'],
  ['textDocument/references', 'referencesProvider'],
  ['textDocument/documentHighlight', 'documentHighlightProvider'],
  ['textDocument/rename', 'renameProvider'],
  ['textDocument/prepareRename', 'renameProvider', 'prepareProvider'],
  ['textDocument/prepareCallHierarchy', 'callHierarchyProvider'],
  ['textDocument/documentSymbol', 'documentSymbolProvider'],
  ['textDocument/foldingRange', 'foldingRangeProvider'],
  ['textDocument/selectionRange', 'selectionRangeProvider'],
  ['textDocument/documentLink', 'documentLinkProvider'],
  ['documentLink/resolve', 'documentLinkProvider', 'resolveProvider'],
  ['textDocument/semanticTokens/full', 'semanticTokensProvider', 'full'],
  ['textDocument/semanticTokens/full/delta', 'semanticTokensProvider', 'full.delta'],
  ['textDocument/semanticTokens/range', 'semanticTokensProvider', 'range'],
  ['textDocument/inlayHint', 'inlayHintProvider'],
  ['textDocument/codeAction', 'codeActionProvider'],
  ['textDocument/codeLens', 'codeLensProvider'],
  ['textDocument/formatting', 'documentFormattingProvider'],
  ['textDocument/rangeFormatting', 'documentRangeFormattingProvider'],
  ['textDocument/onTypeFormatting', 'documentOnTypeFormattingProvider'],
  ['workspace/executeCommand', 'executeCommandProvider'],
];

/** docker-language-server is a Go program that npm does not have: by its source, for Dockerfiles. */
const docker = new Set(['textDocument/hover', 'textDocument/inlayHint', 'textDocument/codeAction']);

/** Registered once the workspace is trusted, with an editor that has the commands. */
const later = new Set(['textDocument/codeLens']);

async function promised(args: readonly string[]): Promise<ReadonlySet<string>> {
  const server = start({ args });
  const { textDocument } = capabilities;
  const able = { ...capabilities, textDocument: { ...textDocument, diagnostic: {} } };
  const params = { processId: process.pid, rootUri: null, capabilities: able };
  const answer = (await server.request('initialize', params)) as {
    readonly capabilities: Readonly<Record<string, unknown>>;
  };
  await server.end();
  const found = methods.filter(([, capability, part = '']) =>
    capability === ''
      ? true
      : [capability, ...part.split('.').filter((one) => one !== '')].reduce<unknown>(
          (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
          answer.capabilities,
        ),
  );
  return new Set(found.map(([method]) => method));
}

const [peer = '', tally = ''] = process.argv.slice(2);
const node = process.execPath;
const ours = await promised([node, join(root, 'dist/server.js'), '--stdio']);
const theirs = await promised([node, join(peer, 'bin/docker-langserver'), '--stdio']);
const tallys = await promised([tally, 'lsp', '--stdio']);
const rows = methods.map(([method]) => {
  const own = ours.has(method) ? 'yes' : later.has(method) ? 'yes ¹' : '–';
  return `| \`${method}\` | ${own} | ${theirs.has(method) ? 'yes' : '–'} | ${tallys.has(method) ? 'yes' : '–'} | ${docker.has(method) ? 'yes' : '–'} |`;
});
const text = `# Methods of the language server

<!-- Written by scripts/lsp-methods.mts from live answers to \`initialize\`. -->

What each server promises for Dockerfiles to a client that can do everything.

| Method | Drydock | dockerfile-language-server-nodejs 0.15.0 | tally 0.45.0 | docker-language-server ² |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

¹ Registered while the client runs, once the workspace is trusted and the editor has commands that build.

² Not from npm, and so not asked: by its source.

How to use Drydock in other editors: [editors.md](editors.md).
`;
const file = join(root, 'docs/lsp-methods.md');
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
