/**
 * Counts the code that the language server executes when a file of usual size is opened. Between messages, the caches of the
 * processor lose the code of a server, so the time of opening a file follows how much different code it executes more than
 * how often; and unlike times, this figure is nearly the same in every run on every machine.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { capabilities, start, type Program, type Server } from './lsp-client.ts';

export interface Executed {
  /** Of the server, without those of Node.js. */
  readonly functions: number;
  /** In these functions. */
  readonly characters: number;
}

/** Files that are opened before, so that nothing is computed for the first time. */
const before = 50;

/** The means of the sixth of the files that is nearest to the median size. `recorder` is the path of executed-code.cjs. */
export async function footprint(
  { args: [program = '', ...args], env }: Program,
  recorder: string,
  files: readonly string[],
): Promise<Executed & { readonly files: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-executed-'));
  const server = start({
    args: [program, '--require', recorder, ...args],
    // ShellCheck is asked later, and only if it is installed.
    env: { ...env, DRYDOCK_EXECUTED: folder, PATH: folder },
  });
  await server.request('initialize', { processId: process.pid, rootUri: null, capabilities });
  server.notify('initialized', {});
  for (const [i, text] of files.slice(0, before).entries())
    await open(server, `before/${String(i)}`, text);
  let count = 0;
  const executed = async (): Promise<Executed> => {
    const file = join(folder, String(++count));
    process.kill(server.pid ?? 0, 'SIGUSR2');
    while (!existsSync(file)) await wait(5);
    return JSON.parse(readFileSync(file, 'utf8')) as Executed;
  };
  await executed();
  const bySize = [...files].sort((a, b) => a.length - b.length);
  const usual = bySize.slice(
    Math.floor((bySize.length * 5) / 12),
    Math.ceil((bySize.length * 7) / 12),
  );
  const sum = { functions: 0, characters: 0 };
  for (const [i, text] of usual.entries()) {
    await open(server, `usual/${String(i)}`, text);
    const { functions, characters } = await executed();
    sum.functions += functions;
    sum.characters += characters;
  }
  await server.end();
  rmSync(folder, { recursive: true });
  return {
    files: usual.length,
    functions: sum.functions / usual.length,
    characters: sum.characters / usual.length,
  };
}

async function open(server: Server, folder: string, text: string): Promise<void> {
  const uri = `file:///${folder}/Dockerfile`;
  const published = server.published(uri);
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'dockerfile', version: 1, text },
  });
  await published;
}
