/** The create requests of lines, and of the docker CLI for the same lines. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { NewContainer } from '../../client/src/engine/container-requests.ts';
import { stringifyExact } from '../../client/src/engine/exact-json.ts';
import { readTexts } from '../../client/src/run/host.ts';
import { filesOf, newContainer } from '../../client/src/run/request.ts';
import type { RunSpec } from '../../client/src/run/spec.ts';

export interface Request {
  readonly path: string;
  readonly text: string;
}

/** An engine that records create requests and refuses them all. */
export class RecordingServer {
  #requests: Request[] = [];
  #server: Server | undefined;
  readonly #api: string;
  readonly #os: string;

  constructor(api: string, os: string) {
    this.#api = api;
    this.#os = os;
  }

  /** Its address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (data: Buffer) => (text += data.toString()));
      request.on('end', () => {
        const { url: path = '' } = request;
        if (path.endsWith('/_ping')) {
          response.writeHead(200, { 'Api-Version': this.#api, Ostype: this.#os }).end('OK');
          return;
        }
        if (path.includes('/containers/create')) this.#requests.push({ path, text });
        response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"no"}');
      });
    });
    this.#server = server;
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `tcp://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
  }

  /** The create requests since the last call. */
  take(): readonly Request[] {
    const requests = this.#requests;
    this.#requests = [];
    return requests;
  }

  stop(): void {
    this.#server?.close();
  }
}

/** A directory with what the lines refer to. */
export async function preparedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-run-'));
  for (const name of ['www', 'one', 'two', 'with space']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'labels'), 'from.file=yes\n# no label\n');
  await writeFile(join(folder, 'env'), 'A=1\n\n# comment\nB="quoted"\nHOME\nTWICE=0\n');
  await writeFile(join(folder, 'seccomp.json'), '{ "defaultAction": "SCMP_ACT_ALLOW" }\n');
  return folder;
}

export async function requestOf(
  spec: RunSpec,
  variables: Readonly<Record<string, string>>,
): Promise<NewContainer> {
  return newContainer(spec, { variables, files: await readTexts(filesOf(spec)) });
}

export function expectEqual(ours: NewContainer, theirs: Request | undefined, of = ''): void {
  const { searchParams } = new URL(theirs?.path ?? '', 'http://engine');
  const parameter = (name: string) => searchParams.get(name) ?? '';
  expect(ours.name ?? '', of).toBe(parameter('name'));
  const { platform = '' } = ours;
  const theirPlatform = parameter('platform');
  // Without an architecture, the docker CLI adds its own and an engine the one of its machine.
  const isWithout = platform !== '' && !platform.includes('/');
  expect(platform, of).toBe(isWithout ? theirPlatform.split('/')[0] : theirPlatform);
  expect(said(exact(stringifyExact(ours.body))), of).toEqual(said(exact(theirs?.text ?? '{}')));
}

/** With numbers that a double cannot hold as texts. */
function exact(json: string): unknown {
  return JSON.parse(
    json.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}/g, (token) =>
      token.startsWith('"') ? token : JSON.stringify(token),
    ),
  );
}

/** Without what means nothing: zeros, empty texts and lists, and docker's own way to say that nothing was said. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, one]) =>
          !(name === 'MemorySwappiness' && one === -1) &&
          // The size of this terminal, and a name that the engine only stores.
          name !== 'ConsoleSize' &&
          name !== 'ContainerIDFile',
      )
      .map(([name, one]) => [name, kept.has(name) ? one : said(sorted(name, one))] as const)
      .filter(([name, one]) => (kept.has(name) ? one !== null : !isEmpty(one))),
  );
}

/** The order of variables and capabilities has no effect, and the docker CLI takes bind mounts and ulimits from unordered maps of Go. */
function sorted(name: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (name === 'Ulimits') return value.toSorted((one, other) => byJson(one, other));
  const texts = value as readonly string[];
  if (/^(?:Binds|CapAdd|CapDrop)$/.test(name)) return [...texts].sort();
  // Of several values of a variable, the last one is used.
  if (name === 'Env') return Object.fromEntries(texts.map((entry) => [entry.split('=')[0], entry]));
  return value;
}

function byJson(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** Where an empty list differs from none. */
const kept = new Set(['MaskedPaths', 'ReadonlyPaths', 'Entrypoint']);

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false)
    return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
