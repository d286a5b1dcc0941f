/** Measures of the processes of a window, read from /proc. */
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Window } from '../../test/ui/window.ts';

const patience = 60_000;

/** The id of the extension host of a window, found by its temporary directory; it starts after the page. */
export async function extensionHost({ workspace }: Window): Promise<string> {
  const folder = `TMPDIR=${path.dirname(workspace)}`;
  return poll('No extension host is running.', async () => {
    for (const id of await processes()) {
      if (!(await read(id, 'cmdline')).includes('--type=extensionHost')) continue;
      if ((await read(id, 'environ')).split('\0').includes(folder)) return id;
    }
    return undefined;
  });
}

/** All processes that a process has started, also indirectly. */
export async function descendants(ancestor: string): Promise<readonly string[]> {
  const parents = new Map<string, string>();
  for (const id of await processes()) {
    const parent = /^PPid:\s+(\d+)/m.exec(await read(id, 'status'))?.[1];
    if (parent !== undefined) parents.set(id, parent);
  }
  const isBelow = (id: string): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** The process below another one that runs a script. */
export async function processOf(ancestor: string, script: string): Promise<string> {
  return poll(`${script} is not running.`, async () => {
    for (const id of await descendants(ancestor))
      if ((await read(id, 'cmdline')).includes(script)) return id;
    return undefined;
  });
}

export async function residentMegabytes(id: string): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1000;
}

export async function openFiles(id: string): Promise<number> {
  return (await readdir(`/proc/${id}/fd`)).length;
}

export interface HeapReport {
  /** Bytes in use after a garbage collection, with buffers. */
  readonly heap: number;
  /** Names of timers, sockets and other resources that are active. */
  readonly resources: readonly string[];
}

/** Has a Node.js process collect its garbage, and reads its heap. */
export async function heapReport(id: string): Promise<HeapReport> {
  const script = path.join(import.meta.dirname, 'read-heap.mjs');
  // Its own executable, which is new enough for the script.
  const { stdout } = await promisify(execFile)(`/proc/${id}/exe`, [script, id]);
  return JSON.parse(stdout) as HeapReport;
}

/** Repeats an attempt until it has a result; rejects with the message after a minute. */
export async function poll<T>(
  failure: string,
  attempt: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const result = await attempt();
    if (result !== undefined) return result;
    await wait(100);
  }
  throw new Error(failure);
}

async function processes(): Promise<readonly string[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
}

/** A file of a process; empty if the process has ended. */
function read(id: string, file: string): Promise<string> {
  return readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
}
