/** Runs other editors headless on a temporary Dockerfile, with the configurations of docs/editors.md. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
const server = process.env['DRYDOCK_SERVER'] ?? path.join(root, 'dist/server.js');

/** The code blocks under a heading of the page, with the path of the built server. */
export function configuration(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  if (blocks.length === 0) throw new Error(`docs/editors.md has no code under “${heading}”.`);
  return blocks.map((code) => code.replaceAll('/opt/drydock/dist/server.js', server));
}

/** The version output of a program; undefined if it is not installed. */
export function versionOf(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

/** What an editor received from the server. */
export interface EditorAnswer {
  /** Messages of diagnostics. */
  readonly diagnostics: readonly string[];
  /** Labels offered at the end of the file. */
  readonly completions: readonly string[];
  /** The number of servers attached to the file, if the editor reports it. */
  readonly servers?: number;
  /** Why there is no answer. */
  readonly trouble?: string;
  /** The log of the editor and the server, if there was an error. */
  readonly log?: string;
}

/** A directory with a Dockerfile and the files of an editor, which writes what it received as JSON to `answer`. */
export interface EditorDirectory {
  readonly folder: string;
  readonly dockerfile: string;
  readonly answer: string;
  put(name: string, text: string): string;
  remove(): void;
}

export function createEditorDirectory(dockerfile: string): EditorDirectory {
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

/** Environment variables that move all user files of the editor and the server to this directory. */
function homeVariables(folder: string): NodeJS.ProcessEnv {
  const names = ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => `XDG_${name}_HOME`);
  return Object.fromEntries(['HOME', ...names].map((name) => [name, folder]));
}

/** Runs the editor in a temporary home directory until it exits. */
export async function runEditor(
  { folder, answer }: EditorDirectory,
  program: string,
  args: readonly string[],
): Promise<EditorAnswer> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...homeVariables(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  try {
    return JSON.parse(readFileSync(answer, 'utf8')) as EditorAnswer;
  } catch {
    throw new Error(`${program} wrote no answer. Its output:\n${output.slice(-3000)}`);
  }
}
