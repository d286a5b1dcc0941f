/** The promises of docs/security.md that the built programs show. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CompletionRequest,
  DocumentDiagnosticRequest,
  DocumentLinkRequest,
  HoverRequest,
} from 'vscode-languageserver/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { InitializationOptions } from '../../contract/protocol.ts';
import { defaultCapabilities, startClient, type LspClient } from '../lsp-client.ts';

const dist = path.resolve(import.meta.dirname, '../../dist');
let folder: string;
let preload: string;
let log: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drydock-security-'));
  preload = path.join(folder, 'preload.cjs');
  log = path.join(folder, 'connections');
  writeFileSync(preload, preloadText);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

/** Makes every way to the network fail, and writes which one was tried. */
const preloadText = `
const { appendFileSync } = require('node:fs');
const refuse = (owner, name) => {
  owner[name] = () => {
    appendFileSync(process.env.CONNECTIONS, name + new Error().stack + '\\n');
    throw new Error('no network: ' + name);
  };
};
const net = require('node:net');
for (const name of ['connect', 'createConnection']) refuse(net, name);
refuse(net.Socket.prototype, 'connect');
refuse(net.Server.prototype, 'listen');
for (const module of ['node:http', 'node:https']) for (const name of ['request', 'get']) refuse(require(module), name);
refuse(require('node:http2'), 'connect');
refuse(require('node:tls'), 'connect');
refuse(require('node:dgram'), 'createSocket');
for (const dns of [require('node:dns'), require('node:dns/promises')])
  for (const name of Object.keys(dns)) if (/^(?:lookup|resolve|reverse)/.test(name)) refuse(dns, name);
refuse(globalThis, 'fetch');
refuse(globalThis, 'WebSocket');
`;

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    // Also for the processes that the program starts.
    NODE_OPTIONS: `--require ${preload}`,
    CONNECTIONS: log,
    ...more,
  };
}

/** What tried to use the network so far. */
function connections(): string {
  return existsSync(log) ? readFileSync(log, 'utf8') : '';
}

function startServer(env: NodeJS.ProcessEnv, options?: InitializationOptions): Promise<LspClient> {
  const child = spawn(process.execPath, [path.join(dist, 'server.js'), '--stdio'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  return startClient(child.stdout, child.stdin, defaultCapabilities, undefined, options);
}

const dockerfile = `# syntax=docker/dockerfile:1
FROM node:22 AS build
ADD https://example.com/a.tar.gz /a.tar.gz
RUN curl -fsSL https://example.com/install.sh | sh
RUN b "$c"
FROM registry.example.com/app:1
COPY --from=docker.io/library/busybox:1 /bin/busybox /bin/
FROM 
`;

test('The language server and the command line open no network connection', async () => {
  const workspace = path.join(folder, 'workspace');
  mkdirSync(workspace);
  const file = path.join(workspace, 'Dockerfile');
  writeFileSync(file, dockerfile);
  const server = await startServer(environment());
  const uri = pathToFileURL(file).href;
  await server.open(uri, dockerfile);
  const textDocument = { uri };
  const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument,
  });
  expect(report.kind === 'full' && report.items.length).toBeGreaterThan(0);
  expect(await server.connection.sendRequest(DocumentLinkRequest.type, { textDocument })).not.toEqual([]); // prettier-ignore
  for (const [line, text] of dockerfile.split('\n').entries()) {
    for (let character = 0; character <= text.length; character += 4) {
      const at = { textDocument, position: { line, character } };
      await server.connection.sendRequest(HoverRequest.type, at);
      await server.connection.sendRequest(CompletionRequest.type, at);
    }
  }
  await server.quit();
  for (const args of [
    ['lint', '.'],
    ['lint', '--format', 'sarif', '--fix', 'Dockerfile'],
    ['explain', 'DL3008'],
    ['rules'],
    ['--version'],
  ]) {
    const options = { cwd: workspace, env: environment(), encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, [path.join(dist, 'cli.js'), ...args], options); // prettier-ignore
    expect([args, stderr, [0, 1].includes(status ?? 2)]).toEqual([args, '', true]);
  }
  expect(connections()).toBe('');
  // The check itself notices connections.
  const script = "require('net').connect(1)";
  expect(spawnSync(process.execPath, ['-e', script], { env: environment() }).status).toBe(1);
  expect(connections()).toMatch(/^connect/);
});

test('An untrusted workspace does not run ShellCheck', async () => {
  const programs = path.join(folder, 'programs');
  mkdirSync(programs);
  const program = path.join(programs, 'shellcheck');
  writeFileSync(program, '#!/bin/sh\necho "$@" >> "$RUNS"\necho version: 0.10.0\n');
  chmodSync(program, 0o755);
  const text = 'FROM alpine\nRUN b "$c"\n';
  const uri = 'untitled:Dockerfile';
  const start = async (builds: 'now' | 'later') => {
    const runs = path.join(folder, builds);
    const PATH = `${programs}${path.delimiter}${process.env.PATH ?? ''}`;
    const server = await startServer(environment({ PATH, RUNS: runs }), { builds });
    await server.open(uri, text);
    const pull = () =>
      server.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    await pull();
    return { server, pull, ran: () => existsSync(runs) };
  };
  const untrusted = await start('later');
  const trusted = await start('now');
  await expect.poll(trusted.ran).toBe(true);
  await untrusted.pull();
  const ended = once(children[0]!, 'exit');
  await untrusted.server.quit();
  await ended;
  expect(untrusted.ran()).toBe(false);
  await trusted.server.quit();
});

/** Modules of Node.js that reach the network, other programs or compile code, by bundle; all others have none. */
const neededModules: Readonly<Record<string, readonly string[]>> = {
  // The thread in which expressions of a user search logs.
  'log-search.js': ['worker_threads'],
  'log-view.js': ['worker_threads'],
  // ssh, TLS, and HTTP over them.
  'engine.js': ['child_process', 'http', 'https', 'net', 'tls'],
  // gRPC over the connection of the engine.
  'buildkit.js': ['http2', 'net'],
  // Credential helpers and kubectl; BuildKit of builders.
  'builders.js': ['child_process', 'net', 'tls'],
  // The compose plugin of the docker command.
  'compose.js': ['child_process'],
  // Credential helpers.
  'features.js': ['child_process'],
  // Starts the language server; its other transports are not used.
  'language-client.js': ['child_process', 'net'],
  // ShellCheck; transports that are not used.
  'language-server.js': ['child_process', 'net'],
  'command-line.js': ['child_process'],
  // Start their own bundles from a code cache.
  'server.js': ['vm'],
  'cli.js': ['vm'],
  'code-cache.js': ['vm'],
};

test('The built programs load only the network modules that they need', () => {
  const modules = /\brequire\("(?:node:)?(child_process|cluster|dgram|dns|http|https|http2|inspector|net|tls|vm|worker_threads)(?:\/\w+)?"\)/g; // prettier-ignore
  const names = readdirSync(dist).filter((name) => name.endsWith('.js'));
  expect(names.length).toBeGreaterThan(15);
  const executing: string[] = [];
  for (const name of names) {
    const text = readFileSync(path.join(dist, name), 'utf8');
    const found = new Set([...text.matchAll(modules)].map(([, module]) => module));
    expect([name, [...found].sort()]).toEqual([name, neededModules[name] ?? []]);
    if (/(?<![\w$.])(?:eval|Function)\(/.test(text)) executing.push(name);
    expect(text).not.toMatch(/applicationinsights|dc\.services\.visualstudio|sentry\.io|google-analytics/i); // prettier-ignore
  }
  for (const name of readdirSync(dist).filter((one) => one.endsWith('.css'))) {
    expect(readFileSync(path.join(dist, name), 'utf8')).not.toMatch(
      /@import|url\((?!["']?data:|"\.\/codicon\.ttf"\))/,
    );
  }
  // protobufjs compiles readers and writers from the fixed descriptions of BuildKit's messages.
  expect(executing).toEqual(['buildkit.js']);
});
