import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** ARCHITECTURE.md's table of who may import whom; a room is the longest prefix that fits a file. */
const rooms: Record<string, readonly string[]> = {
  contract: [],
  'server/src/text': [],
  'server/src/reference': [],
  'server/src/syntax': ['server/src/text', 'server/src/reference'],
  'server/src/shell': ['server/src/text'],
  'server/src/programs': ['server/src/shell', 'server/src/text'],
  'server/src/model': [
    'server/src/syntax',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/text',
  ],
  'server/src/lint': [
    'server/src/model',
    'server/src/programs',
    'server/src/shell',
    'server/src/syntax',
    'server/src/text',
    'server/src/reference',
    'contract',
  ],
  'server/src/rules': [
    'server/src/lint',
    'server/src/model',
    'server/src/programs',
    'server/src/shell',
    'server/src/syntax',
    'server/src/reference',
    'server/src/text',
    'contract',
  ],
  'server/src/shellcheck': [
    'server/src/lint',
    'server/src/model',
    'server/src/shell',
    'server/src/syntax',
    'server/src/text',
  ],
  'server/src/features': [
    'server/src/model',
    'server/src/syntax',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/lint',
    'server/src/text',
  ],
  'server/src/lsp': ['server/src', 'contract'],
  'server/src/cli': ['server/src', 'contract'],
  'server/src/start': [],
  'client/src/engine': ['contract'],
  'client/src/explorer': ['client/src/engine', 'contract'],
  'client/src/explorer/carried.ts': [
    'server/src/features/official-images.ts',
    'server/src/model/image.ts',
    'server/src/model/releases.ts',
    'server/src/reference/end-of-life.ts',
    'server/src/text/day.ts',
  ],
  'client/src/terminal': ['client/src/engine', 'contract'],
  'client/src/files': ['client/src/engine', 'contract'],
  'client/src/build': ['client/src/engine', 'contract'],
  'client/src/run': ['client/src/engine', 'contract', 'server/src/reference/cuda.ts'],
  'client/src/stats': ['client/src/engine', 'client/src/explorer', 'contract'],
  'client/src/graph': ['contract'],
  'client/webview': ['client/src/run/form.ts', 'client/src/stats/page.ts', 'client/src/graph'],
  'client/src/commands': [
    'client/src/engine',
    'client/src/run',
    'client/src/explorer',
    'client/src/graph',
    'client/src/stats',
    'client/src/terminal',
    'client/src/files',
    'client/src/build',
    'contract',
  ],
  'client/src/manifest.ts': ['client/src', 'contract'],
  'client/src/welcomes.ts': ['client/src', 'contract'],
  'client/src/editor': ['client/src', 'contract'],
  'client/src/server.ts': ['client/src', 'contract'],
  'client/src/browser.ts': ['client/src/editor', 'client/src/manifest.ts', 'contract'],
  'client/src/extension.ts': ['client/src', 'contract'],
};

/** Packages and built-ins that only some rooms may name; the key is a prefix of the import. */
const packages: Record<string, readonly string[]> = {
  vscode: [
    'client/src/editor',
    'client/src/extension.ts',
    'client/src/server.ts',
    'client/src/browser.ts',
  ],
  'vscode-languageclient': ['client/src/server.ts', 'client/src/browser.ts'],
  'vscode-languageserver': ['server/src/lsp'],
  '@vscode/l10n': ['server/src/text/translated.ts', 'client/src'],
  dockerode: ['client/src/engine/dockerode', 'client/src/build/session'],
  unbash: [],
  yaml: ['server/src/lint/yaml.ts', 'client/src/run/compose-file.ts'],
  'node:': [
    'server/src/lsp',
    'server/src/cli',
    'server/src/start',
    'server/src/shellcheck/program.ts',
    'client/src/engine',
    'client/src/files',
    'client/src/build',
    'client/src/terminal',
    'client/src/run/host.ts',
    'client/src/editor',
    'client/src/extension.ts',
    'client/src/server.ts',
  ],
};

const root = resolve(import.meta.dirname, '..');
const sources = ['contract', 'server/src', 'client/src', 'client/webview'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'),
    ),
);

function roomOf(file: string): string | undefined {
  return Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): { readonly name: string; readonly typeOnly: boolean }[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map((m) => ({
    name: m[2] ?? m[3] ?? m[4] ?? '',
    typeOnly: m[1] !== undefined,
  }));
}

function target(file: string, name: string): string {
  return relative(root, resolve(root, dirname(file), name));
}

test('every source file stands in a room', () => {
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('rooms import only what the table allows', () => {
  const wrong = sources.flatMap((file) => {
    const room = roomOf(file) ?? '';
    const allowed = [room, ...(rooms[room] ?? [])];
    return importsOf(file)
      .filter(({ name }) => name.startsWith('.'))
      .map(({ name }) => target(file, name))
      .filter((to) => !allowed.some((place) => to === place || to.startsWith(`${place}/`)))
      .map((to) => `${file} → ${to}`);
  });
  expect(wrong).toEqual([]);
});

test('rules never import another rule, lsp and cli never each other', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ name }) => name.startsWith('.'))
      .map(({ name }) => target(file, name))
      .filter(
        (to) =>
          (/^server\/src\/rules\/[^/]+\//.test(file) && /^server\/src\/rules\/[^/]+\//.test(to)) ||
          (file.startsWith('server/src/lsp/') && to.startsWith('server/src/cli/')) ||
          (file.startsWith('server/src/cli/') && to.startsWith('server/src/lsp/')),
      )
      .map((to) => `${file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('packages and built-ins are named only where they belong', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ name }) => !name.startsWith('.'))
      .filter(({ name }) => {
        const owner = Object.keys(packages).find(
          (key) => name === key || name.startsWith(key.endsWith(':') ? key : `${key}/`),
        );
        return owner !== undefined && !packages[owner]?.some((place) => file.startsWith(place));
      })
      .map(({ name }) => `${file} → ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('imports make no cycle', () => {
  const graph = new Map(
    sources.map((file) => [
      file,
      importsOf(file)
        .filter(({ name, typeOnly }) => name.startsWith('.') && !typeOnly)
        .map(({ name }) => target(file, name)),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of sources) visit(file, []);
  expect(cycles).toEqual([]);
});
