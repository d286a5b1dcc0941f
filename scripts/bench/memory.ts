/** `npm run bench -- memory`: the memory of the server over many edits of one document, with requests as an editor sends them. */
import { readFileSync } from 'node:fs';
import { start, capabilities, type Program } from './lsp-client.ts';

const uri = 'file:///tmp/Dockerfile';

/** Sends `edits` edits and prints the resident memory twenty times on the way. */
export async function memory(
  program: Program,
  edits: number,
  print: (line: string) => void,
): Promise<void> {
  const server = start(program);
  await server.request('initialize', { processId: null, rootUri: null, capabilities });
  server.notify('initialized', {});
  const lines = Array.from({ length: 40 }, (_, i) => `RUN apt-get update && apt-get install a${i}`);
  const text = `FROM debian:12\n${lines.join('\n')}\n`;
  const opened = server.published(uri);
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'dockerfile', version: 0, text },
  });
  await opened;
  print(`edits ${'0'.padStart(7)}: ${megabytes(server.pid)} MB`);
  const step = Math.max(1, Math.floor(edits / 20));
  for (let version = 1; version <= edits; version++) {
    await edit(server, version);
    if (version % step === 0)
      print(`edits ${String(version).padStart(7)}: ${megabytes(server.pid)} MB`);
  }
  await server.end();
}

/** Types a character at the end of a line, and deletes it with the next edit. */
async function edit(server: ReturnType<typeof start>, version: number): Promise<void> {
  const line = 1 + (Math.floor(version / 2) % 40);
  const isTyped = version % 2 === 1;
  const end = { line, character: isTyped ? 3 : 4 };
  const done = server.published(uri);
  server.notify('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start: { line, character: 3 }, end }, text: isTyped ? ' ' : '' }],
  });
  await done;
  if (version % 10 !== 0) return;
  const textDocument = { uri };
  await server.request('textDocument/completion', { textDocument, position: end });
  await server.request('textDocument/hover', { textDocument, position: end });
  await server.request('textDocument/semanticTokens/full', { textDocument });
}

function megabytes(pid: number | undefined): string {
  if (pid === undefined || process.platform !== 'linux') return '?';
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000).toFixed(0);
}
