/**
 * `npm run bench -- memory`: the memory of the server over many edits of one document, with requests as an editor sends them.
 * The server runs as VS Code starts it: a fork with the extension's V8 flags, and messages over IPC.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { capabilities } from './lsp-client.ts';

const uri = 'file:///tmp/Dockerfile';
const lineCount = 40;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[] };
}

interface Client {
  request(method: string, params: object): Promise<void>;
  notify(method: string, params: object): void;
  /** Resolves when diagnostics are published next. */
  published(): Promise<void>;
  /** Kilobytes in use after the last full garbage collection, as V8 reports it. */
  live(): string;
  readonly child: ChildProcess;
}

/** Sends `edits` edits, and prints the resident memory and the live heap twenty times on the way. */
export async function memory(
  module: string,
  execArgv: readonly string[],
  edits: number,
  print: (line: string) => void,
): Promise<void> {
  const client = connected(module, execArgv);
  await client.request('initialize', { processId: null, rootUri: null, capabilities });
  client.notify('initialized', {});
  const lines = Array.from(
    { length: lineCount },
    (_, i) => `RUN apt-get update && apt-get install a${i}`,
  );
  const text = `FROM debian:12\n${lines.join('\n')}\n`;
  const opened = client.published();
  client.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'dockerfile', version: 0, text },
  });
  await opened;
  const report = (version: number): void =>
    print(
      `edits ${String(version).padStart(7)}: resident ${resident(client.child.pid)} MB, ` +
        `heap after the last full collection ${client.live()} MB`,
    );
  report(0);
  const step = Math.max(1, Math.floor(edits / 20));
  for (let version = 1; version <= edits; version++) {
    await edit(client, version);
    if (version % step === 0) report(version);
  }
  const ended = once(client.child, 'exit');
  client.child.kill();
  await ended;
}

/** Types a character at the end of a line, and deletes it with the next edit. */
async function edit(client: Client, version: number): Promise<void> {
  const line = 1 + (Math.floor(version / 2) % lineCount);
  const isTyped = version % 2 === 1;
  const end = { line, character: isTyped ? 3 : 4 };
  const done = client.published();
  client.notify('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start: { line, character: 3 }, end }, text: isTyped ? ' ' : '' }],
  });
  await done;
  if (version % 10 !== 0) return;
  const textDocument = { uri };
  await client.request('textDocument/completion', { textDocument, position: end });
  await client.request('textDocument/hover', { textDocument, position: end });
  await client.request('textDocument/semanticTokens/full', { textDocument });
}

/** Starts the server as the language client of VS Code does. */
function connected(module: string, execArgv: readonly string[]): Client {
  const child = fork(module, ['--node-ipc'], {
    // V8 reports collections on standard output, which the server does not use when it is connected over IPC.
    execArgv: [...execArgv, '--trace-gc'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let [live, count] = ['–', 0];
  child.stdout?.setEncoding('utf8').on('data', (data: string) => {
    const all = [...data.matchAll(/Mark-Compact.*?-> (\d+\.\d)/g)];
    live = all.at(-1)?.[1] ?? live;
  });
  const answered = new Map<number, () => void>();
  const published: (() => void)[] = [];
  child.on('message', ({ id, method, params }: Message) => {
    if (method === 'textDocument/publishDiagnostics') published.splice(0).forEach((done) => done());
    if (id === undefined) return;
    if (method === undefined) answered.get(id)?.();
    else
      child.send({
        jsonrpc: '2.0',
        id,
        result: method === 'workspace/configuration' ? params?.items?.map(() => null) : null,
      });
  });
  return {
    child,
    live: () => live,
    published: () => new Promise((done) => published.push(done)),
    notify: (method, params) => child.send({ jsonrpc: '2.0', method, params }),
    request: (method, params) =>
      new Promise((done) => {
        const id = ++count;
        answered.set(id, () => {
          answered.delete(id);
          done();
        });
        child.send({ jsonrpc: '2.0', id, method, params });
      }),
  };
}

function resident(pid: number | undefined): string {
  if (pid === undefined || process.platform !== 'linux') return '?';
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000).toFixed(0);
}
