/**
 * Writes docs/lsp-methods.md from the capabilities that each server returns from `initialize`.
 *
 *     node --import tsx scripts/lsp-methods.mts PEER TALLY
 *
 * PEER is the directory of dockerfile-language-server-nodejs, TALLY the executable of @wharflab/tally-linux-x64.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { capabilities, start } from './bench/lsp-client.ts';

const root = resolve(import.meta.dirname, '..');

/** Methods with the capability that announces them, and the property of it that must be set. */
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

/** docker-language-server is a Go program that is not on npm: from its source code, for Dockerfiles. */
const docker = new Set(['textDocument/hover', 'textDocument/inlayHint', 'textDocument/codeAction']);

/** Registered once the workspace is trusted, for clients with the commands. */
const later = new Set(['textDocument/codeLens']);

async function announced(args: readonly string[]): Promise<ReadonlySet<string>> {
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
const ours = await announced([node, join(root, 'dist/server.js'), '--stdio']);
const theirs = await announced([node, join(peer, 'bin/docker-langserver'), '--stdio']);
const tallys = await announced([tally, 'lsp', '--stdio']);
const rows = methods.map(([method]) => {
  const own = ours.has(method) ? 'yes' : later.has(method) ? 'yes ¹' : '–';
  return `| \`${method}\` | ${own} | ${theirs.has(method) ? 'yes' : '–'} | ${tallys.has(method) ? 'yes' : '–'} | ${docker.has(method) ? 'yes' : '–'} |`;
});
const text = `# Methods of the language server

<!-- Written by scripts/lsp-methods.mts from the answers to \`initialize\`; do not edit. -->

The methods that each server supports for Dockerfiles, for a client with all capabilities.

| Method | Drydock | dockerfile-language-server-nodejs 0.15.0 | tally 0.45.0 | docker-language-server ² |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

¹ Registered dynamically, once the workspace is trusted, if the editor has the build commands.

² Not on npm; determined from its source code.

See [editors.md](editors.md) for how to use Drydock in other editors.
`;
const file = join(root, 'docs/lsp-methods.md');
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
