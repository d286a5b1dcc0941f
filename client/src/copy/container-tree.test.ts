import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Duplex, Engine } from '../engine/engine.ts';
import { containerTree } from './container-tree.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-tree-'));
});
afterEach(() => rm(home, { recursive: true }));

/** Its containers run programs of this machine. */
function localEngine(): Engine {
  const { engine } = fakeEngine({ containers: [{ name: 'web', files: { [`${home}/in/archive`]: 'x' } }] }); // prettier-ignore
  const exec: Engine['exec'] = (_, [program = '', ...args]) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    return Promise.resolve({
      output: child.stdout,
      exit: new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1))),
      end: () => undefined,
      close: () => child.kill(),
    } as unknown as Duplex);
  };
  return { ...engine, exec };
}

const { signal } = new AbortController();

test.skipIf(process.platform === 'win32')(
  'lists directories and everything else by any names',
  async () => {
    for (const path of ['in/d/e', 'in/x x', 'in/x'])
      await mkdir(join(home, path), { recursive: true });
    for (const path of ['in/a\nb', 'in/d/é', 'in/x x/x', 'in/xx'])
      await writeFile(join(home, path), '');
    await symlink('d', join(home, 'in/link'));
    const tree = await containerTree(localEngine(), 'web', join(home, 'in'), signal);
    const found = [...(tree ?? [])].map(
      ([path, { isDirectory }]) => `${path}${isDirectory ? '/' : ''}`,
    );
    const bytes = Buffer.from('d/é').toString('latin1');
    expect(found.sort()).toEqual(
      ['/', 'a\nb', bytes, 'd/', 'd/e/', 'link', 'x x/', 'x x/x', 'x/', 'xx'].sort(),
    );
  },
);

test.skipIf(process.platform === 'win32')(
  'reads the archive if the directory cannot be listed by a program',
  async () => {
    // The container has this directory, the machine with the program does not.
    const tree = await containerTree(localEngine(), 'web', join(home, 'in'), signal);
    expect([...(tree ?? [])].map(([path]) => path)).toContain('archive');
  },
);

test('ends the list when the copy is cancelled', async () => {
  let end: (() => void) | undefined;
  const closed = new Promise<void>((resolve) => (end = resolve));
  const control = new AbortController();
  async function* output() {
    yield Buffer.from('.\0.\0./a\0');
    control.abort();
    await closed;
  }
  const exec: Engine['exec'] = () => Promise.resolve({ output: output(), end: () => undefined, close: () => end?.(), exit: Promise.resolve(0) } as unknown as Duplex); // prettier-ignore
  const engine = { ...localEngine(), exec };
  await expect(containerTree(engine, 'web', '/in', control.signal)).rejects.toThrow('Cancelled');
});

test('reads names that arrive in pieces', async () => {
  const list = Buffer.from('.\0.\0./d\0./d\0./d/\u00e9\0./d.\0/\0');
  for (const size of [1, 2, 5, list.length]) {
    async function* output() {
      for (let at = 0; at < list.length; at += size)
        yield Promise.resolve(list.subarray(at, at + size));
    }
    const exec: Engine['exec'] = () => Promise.resolve({ output: output(), end: () => undefined, close: () => undefined } as unknown as Duplex); // prettier-ignore
    const tree = await containerTree({ ...localEngine(), exec }, 'web', '/in', signal);
    const kinds = [...(tree ?? [])].map(([path, { isDirectory }]) => [path, isDirectory] as const);
    const name = Buffer.from('d/\u00e9').toString('latin1');
    expect(new Map(kinds)).toEqual(new Map([['', true], ['d', true], [name, false], ['d.', false]])); // prettier-ignore
    expect(kinds.map(([path]) => tree?.get(path)?.isDirectory)).toEqual(kinds.map(([, is]) => is));
    expect(tree?.get('d/x')).toBeUndefined();
    expect(tree?.get('/d')).toBeUndefined();
  }
});

test('reads any names, also those that find does not print', async () => {
  const output = () => Promise.resolve(Buffer.from('\0x\0x/y\0//\0./\0./a//b\0.//a\0/\0'));
  async function* pieces() {
    yield await output();
  }
  const exec: Engine['exec'] = () => Promise.resolve({ output: pieces(), end: () => undefined, close: () => undefined } as unknown as Duplex); // prettier-ignore
  const tree = await containerTree({ ...localEngine(), exec }, 'web', '/in', signal);
  const paths = [...(tree ?? [])].map(([path]) => path);
  expect(paths).toContain('a//b');
  expect(paths).toContain('/a');
  expect(tree?.get('a')).toBeUndefined();
});
