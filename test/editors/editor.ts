/** Other editors with the configurations of docs/editors.md, run without a screen on a Dockerfile of their own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
const server = process.env['DRYDOCK_SERVER'] ?? path.join(root, 'dist/server.js');

/** The blocks of code under a heading of the page, with the server that was built. */
export function configuration(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  if (blocks.length === 0) throw new Error(`docs/editors.md has no code under “${heading}”.`);
  return blocks.map((code) => code.replaceAll('/opt/drydock/dist/server.js', server));
}

/** What a program says of its version; undefined where it is not installed. */
export function versionOf(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

/** What an editor received. */
export interface Received {
  /** Messages of diagnostics. */
  readonly diagnostics: readonly string[];
  /** Labels offered at the end of the file. */
  readonly completions: readonly string[];
  /** The number of servers attached to the file, if the editor reports it. */
  readonly servers?: number;
  /** Why there is no answer. */
  readonly trouble?: string;
  /** What the editor and the server wrote down, where there is trouble. */
  readonly log?: string;
}

/** A folder with a Dockerfile and the files of an editor; `answer` is where the editor writes what it received, as JSON. */
export interface Desk {
  readonly folder: string;
  readonly dockerfile: string;
  readonly answer: string;
  put(name: string, text: string): string;
  remove(): void;
}

export function desk(dockerfile: string): Desk {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-editor-'));
  const put = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  return {
    folder,
    dockerfile: put('Dockerfile', dockerfile),
    answer: path.join(folder, 'answer.json'),
    put,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All places where an editor or the server would keep something of this user's. */
function homes(folder: string): NodeJS.ProcessEnv {
  const names = ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => `XDG_${name}_HOME`);
  return Object.fromEntries(['HOME', ...names].map((name) => [name, folder]));
}

/** Runs the editor until it ends by itself, in a home of its own. */
export async function received(
  { folder, answer }: Desk,
  program: string,
  args: readonly string[],
): Promise<Received> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...homes(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
    killSignal: 'SIGKILL',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (said += data.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  try {
    return JSON.parse(readFileSync(answer, 'utf8')) as Received;
  } catch {
    throw new Error(`${program} wrote no answer. It said:\n${said.slice(-3000)}`);
  }
}
