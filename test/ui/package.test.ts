/** The packaged extension has all files that its manifest names, and no sources or tests. */

import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webVSCode } from '../web/install.mts';
import { installExtension } from '../web/server.mts';
import { packedExtension } from './window.ts';

let folder: string;
let installed: string;
let files: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-package-'));
  const extensions = path.join(folder, 'ext');
  const profile = { userData: path.join(folder, 'data'), extensions };
  await installExtension(await webVSCode(), profile, packedExtension());
  const [name] = (await readdir(extensions)).filter((entry) => entry.startsWith('drydock.'));
  installed = path.join(extensions, name ?? '');
  const entries = await readdir(installed, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(installed, path.join(parentPath, name)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('contains every file that the manifest names', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(path.join(installed, 'package.json'), 'utf8'),
  );
  const paths = pathsIn(manifest).map((name) => path.normalize(name));
  expect(paths).toContain('dist/extension.js');
  expect(paths.filter((name) => !files.includes(name))).toEqual([]);
});

test('contains every bundle that another bundle loads', async () => {
  const bundles = files.filter((file) => /^dist\/.*\.js$/.test(file));
  const required = new Set<string>();
  for (const bundle of bundles) {
    const text = await readFile(path.join(installed, bundle), 'utf8');
    const loaded = /(?:require\("\.\/|runWithCodeCache\)?\(")([\w-]+\.js)"/g;
    for (const [, name] of text.matchAll(loaded)) required.add(`dist/${name}`);
  }
  expect(required).toContain('dist/engine.js');
  expect([...required].filter((name) => !bundles.includes(name))).toEqual([]);
});

test('does not contain sources, tests or source maps', () => {
  expect(files.filter((file) => /\.(ts|mts|map)$|^(test|client|server)\//.test(file))).toEqual([]);
});

/** Every string in the manifest that is the relative path of a file. */
function pathsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return /^(\.\/)?(dist|media|syntaxes|schemas|l10n)\/[^*]+\.\w+$/.test(value) ? [value] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}
