import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Which room may import which. A file belongs to the room with the longest matching prefix. A room in the list of another
 * one does not include the rooms inside it; other entries are files, or directories with everything in them.
 */
const rooms: Record<string, readonly string[]> = {
  contract: [],
  'server/src/text': [],
  'server/src/ignore': ['server/src/text'],
  'server/src/disk': ['server/src/ignore', 'server/src/text'],
  'server/src/shell': ['server/src/text'],
  'server/src/shell/analysis': ['server/src/shell', 'server/src/text'],
  'server/src/programs': ['server/src/shell', 'server/src/text'],
  'server/src/reference': ['server/src/programs'],
  'server/src/images': ['server/src/text'],
  'server/src/syntax': ['server/src/reference', 'server/src/text'],
  'server/src/model': [
    'server/src/syntax',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/images',
    'server/src/text',
  ],
  'server/src/lint': ['server/src/model', 'server/src/syntax', 'server/src/text', 'contract'],
  'server/src/lint/edits': [
    'server/src/lint',
    'server/src/model',
    'server/src/syntax',
    'server/src/shell',
    'server/src/text',
  ],
  'server/src/lint/checks': [
    'server/src/lint/edits',
    'server/src/lint',
    'server/src/model',
    'server/src/syntax',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/images',
    'server/src/text',
    'contract',
  ],
  'server/src/rules': [
    'server/src/lint/checks',
    'server/src/lint/edits',
    'server/src/lint',
    'server/src/model',
    'server/src/syntax',
    'server/src/shell/analysis',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/images',
    'server/src/text',
    'contract',
  ],
  'server/src/features': [
    'server/src/lint',
    'server/src/model',
    'server/src/syntax',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/images',
    'server/src/text',
  ],
  'server/src/features/ignore': ['server/src/ignore', 'server/src/text'],
  'server/src/outcome': [
    'server/src/ignore',
    'server/src/model',
    'server/src/syntax',
    'server/src/shell',
    'server/src/programs',
    'server/src/reference',
    'server/src/images',
    'server/src/text',
    'contract',
  ],
  'server/src/project': ['server/src/ignore', 'server/src/lint', 'server/src/text'],
  'server/src/shellcheck': [
    'server/src/lint',
    'server/src/model',
    'server/src/syntax',
    'server/src/shell',
    'server/src/text',
  ],
  'server/src/lsp': [
    'server/src/features/ignore',
    'server/src/features',
    'server/src/ignore',
    'server/src/rules',
    'server/src/project',
    'server/src/shellcheck',
    'server/src/disk',
    'server/src/lint',
    'server/src/model',
    'server/src/text',
    'contract',
  ],
  'server/src/cli': [
    'server/src/rules',
    'server/src/project',
    'server/src/shellcheck',
    'server/src/disk',
    'server/src/lint',
    'server/src/model',
    'server/src/syntax',
    'server/src/start/builtin-module.ts',
    'server/src/text',
  ],
  'server/src/start': [],
  'client/src/engine': ['contract'],
  'client/src/engine/lists': ['client/src/engine'],
  'client/src/engine/build-context': ['client/src/engine', 'server/src/ignore'],
  'client/src/engine/buildkit': [
    'client/src/engine',
    'client/src/engine/build-context',
    'client/src/engine/buildkit/grpc',
    'client/src/engine/buildkit/session',
    'client/src/engine/buildkit/ssh',
    'contract',
  ],
  'client/src/engine/buildkit/grpc': [],
  'client/src/engine/builders': [
    'client/src/engine',
    'client/src/engine/buildkit',
    'client/src/engine/docker-cli',
    'client/src/engine/transport',
    'contract',
  ],
  'client/src/engine/docker-cli': ['client/src/engine'],
  'client/src/engine/transport': ['client/src/engine'],
  'client/src/engine/docker-api': [
    'client/src/engine',
    'client/src/engine/build-context',
    'contract',
    'client/src/engine/buildkit',
    'client/src/engine/builders',
    'client/src/engine/docker-cli',
    'client/src/engine/transport',
  ],
  'client/src/ui': ['client/src/engine', 'contract', 'server/src/text/control-sequences.ts'],
  'client/src/command-line': ['client/src/engine', 'client/src/ui'],
  'client/src/form': ['client/src/ui'],
  'client/src/history': ['client/src/engine', 'client/src/ui'],
  'client/src/dev-containers': ['client/src/engine', 'client/src/ui'],
  'client/src/explorer': [
    'client/src/engine',
    'client/src/engine/lists/changes.ts',
    'client/src/history',
    'client/src/ui',
    'server/src/images',
  ],
  'client/src/copy': ['client/src/engine', 'client/src/engine/files', 'client/src/ui'],
  'client/src/files': ['client/src/engine', 'client/src/explorer', 'client/src/ui'],
  'client/src/inspect': ['client/src/engine', 'client/src/ui'],
  'client/src/layers': [
    'client/src/engine',
    'client/src/ui',
    'client/src/copy',
    'server/src/outcome/step-text.ts',
    'server/src/syntax',
    'server/src/text',
  ],
  'client/src/logs': ['client/src/engine', 'client/src/ui'],
  'client/src/prune': [
    'client/src/command-line',
    'client/src/engine',
    'client/src/recreate',
    'client/src/ui',
  ],
  'client/src/shell': [
    'client/src/engine',
    'client/src/engine/docker-cli',
    'client/src/command-line',
    'client/src/ui',
  ],
  'client/src/registry': ['client/src/engine', 'client/src/ui', 'client/src/explorer'],
  'client/src/build': [
    'client/src/build-context/measure.ts',
    'client/src/engine',
    'client/src/ui',
    'client/src/command-line',
    'client/src/form',
    'client/src/registry',
    'contract',
    'server/src/text/control-sequences.ts',
  ],
  'client/src/build/view': [
    'client/src/engine',
    'client/src/shell',
    'client/src/ui',
    'contract',
    'server/src/text/control-sequences.ts',
  ],
  'client/src/build/elsewhere': ['client/src/engine', 'client/src/ui', 'contract'],
  'client/src/build/dockerfile': [
    'client/src/build/view',
    'client/src/engine',
    'server/src/model',
    'server/src/outcome',
    'server/src/syntax',
    'contract',
  ],
  'client/src/build-context': [
    'client/src/engine',
    'client/src/ui',
    'contract',
    'server/src/disk',
    'server/src/ignore',
  ],
  'client/src/cli': [
    'client/src/build',
    'client/src/build/options',
    'client/src/command-line',
    'client/src/engine',
    'client/src/engine/docker-api',
    'client/src/engine/docker-cli',
    'client/src/ui',
    'server/src/cli/formats/workflow-command.ts',
    'server/src/cli/output.ts',
    'server/src/cli/printable.ts',
    'server/src/cli/report.ts',
    'server/src/model',
    'server/src/outcome',
    'server/src/text/control-sequences.ts',
    'contract',
  ],
  'client/src/processes': ['client/src/engine', 'client/src/ui'],
  'client/src/stats': ['client/src/engine', 'client/src/ui', 'client/src/explorer'],
  'client/src/stage-graph': ['client/src/ui', 'contract'],
  'client/src/run': [
    'client/src/engine',
    'client/src/ui',
    'client/src/command-line',
    'client/src/form',
    'client/src/shell',
    'server/src/images',
  ],
  'client/src/compose': [
    'client/src/engine',
    'client/src/engine/docker-cli',
    'client/src/command-line',
    'client/src/explorer',
    'client/src/run',
    'client/src/shell',
    'client/src/ui',
  ],
  'client/src/recreate': [
    'client/src/engine',
    'client/src/registry',
    'client/src/run',
    'client/src/ui',
  ],
  'client/src/create': [
    'client/src/engine',
    'client/src/ui',
    'client/src/command-line',
    'client/src/run',
  ],
  'client/src/networks': ['client/src/engine', 'client/src/ui'],
  'client/src/update': [
    'client/src/engine',
    'client/src/ui',
    'client/src/command-line',
    'client/src/run',
  ],
  'client/src/commit': [
    'client/src/engine',
    'client/src/ui',
    'client/src/command-line',
    'client/src/registry',
    'client/src/run',
  ],
  'client/src/commands': [
    'client/src/manifest.ts',
    'client/src/create',
    'client/src/networks',
    'client/src/engine',
    'client/src/engine/docker-cli',
    'client/src/ui',
    'client/src/explorer',
    'client/src/build',
    'client/src/build-context',
    'client/src/commit',
    'client/src/compose',
    'client/src/copy',
    'client/src/dev-containers',
    'client/src/files',
    'client/src/history',
    'client/src/inspect',
    'client/src/layers',
    'client/src/logs',
    'client/src/processes',
    'client/src/prune',
    'client/src/recreate',
    'client/src/registry',
    'client/src/run',
    'client/src/shell',
    'client/src/stage-graph',
    'client/src/stats',
    'client/src/update',
  ],
  'client/src/manifest.ts': [],
  'client/src/welcomes.ts': ['client/src/manifest.ts'],
  'client/src/vscode': [
    'client/src/build/elsewhere/watcher.ts',
    'client/src/copy',
    'client/src/engine',
    'client/src/engine/lists',
    'client/src/ui',
    'client/src/explorer',
    'client/src/files',
    'client/src/shell',
    'client/src/commands',
    'client/src/manifest.ts',
    'contract',
  ],
  'client/src/server.ts': [
    'client/src/engine',
    'client/src/manifest.ts',
    'client/src/vscode',
    'contract',
  ],
  'client/src/browser.ts': ['client/src/vscode', 'client/src/manifest.ts', 'contract'],
  'client/src/start.ts': ['server/src/start', 'client/src/vscode', 'client/src/manifest.ts'],
  'client/src/extension.ts': [
    'client/src/engine',
    'client/src/engine/docker-api',
    'client/src/engine/docker-cli',
    'client/src/ui',
    'client/src/explorer',
    'client/src/vscode',
    'client/src/features.ts',
    'client/src/manifest.ts',
    'client/src/server.ts',
  ],
  'client/src/features.ts': [
    'client/src/build',
    'client/src/copy',
    'client/src/engine',
    'client/src/engine/docker-cli',
    'client/src/files',
    'client/src/ui',
    'client/src/explorer',
    'client/src/build/view',
    'client/src/build/dockerfile',
    'client/src/build/elsewhere',
    'client/src/commands',
    'client/src/vscode',
    'client/src/server.ts',
  ],
  'client/webview': [
    'client/src/build-context/page.ts',
    'client/src/layers/page.ts',
    'client/src/logs/page.ts',
    'client/src/ui/ansi-text.ts',
    'client/src/form/page.ts',
    'client/src/build/view/page.ts',
    'client/src/history/page.ts',
    'client/src/processes/page.ts',
    'client/src/prune/page.ts',
    'client/src/stats/page.ts',
    'client/src/stage-graph/page.ts',
    'client/src/stage-graph/layout.ts',
    'client/src/ui/elapsed.ts',
  ],
};

/** Packages and built-in modules that only some rooms may import; the key is a prefix of the import. */
const packages: Record<string, readonly string[]> = {
  vscode: [
    'client/src/vscode',
    'client/src/extension.ts',
    'client/src/features.ts',
    'client/src/server.ts',
    'client/src/browser.ts',
  ],
  'vscode-languageclient': ['client/src/server.ts', 'client/src/browser.ts'],
  'vscode-languageserver': ['server/src/lsp'],
  '@vscode/l10n': ['server/src/text', 'client/src'],
  dockerode: ['client/src/engine/docker-api'],
  protobufjs: ['client/src/engine/buildkit'],
  unbash: [],
  yaml: [
    'server/src/project',
    'client/src/run/compose-file.ts',
    'client/src/build/compose-builds.ts',
  ],
  'node:': [
    'server/src/disk',
    'server/src/lsp',
    'server/src/cli',
    'server/src/start',
    'server/src/shellcheck',
    'client/src/engine',
    'client/src/copy',
    'client/src/files',
    'client/src/build',
    'client/src/cli',
    'client/src/logs',
    'client/src/shell',
    'client/src/compose',
    'client/src/dev-containers',
    'client/src/run/host.ts',
    'client/src/command-line/machine.ts',
    'client/src/vscode',
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

/** Whether the file belongs to the room, or is below a path that is not a room. */
function isIn(file: string, place: string): boolean {
  return place in rooms ? roomOf(file) === place : file === place || file.startsWith(`${place}/`);
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(?:type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, from, whole, late]) => from ?? whole ?? late ?? '');
}

function target(file: string, name: string): string {
  return relative(root, resolve(root, dirname(file), name));
}

test('every source file is in a room', () => {
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('rooms import only what the table allows', () => {
  const wrong = sources.flatMap((file) => {
    const room = roomOf(file) ?? '';
    const allowed = [room, ...(rooms[room] ?? [])];
    return importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => target(file, name))
      .filter((to) => !allowed.some((place) => isIn(to, place)))
      .map((to) => `${file} → ${to}`);
  });
  expect(wrong).toEqual([]);
});

test('the table lists no import that a room does not have', () => {
  const idle = Object.entries(rooms).flatMap(([room, allowed]) => {
    const targets = sources
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((name) => target(file, name)));
    return allowed
      .filter((place) => !targets.some((to) => isIn(to, place)))
      .map((place) => `${room} → ${place}`);
  });
  expect(idle).toEqual([]);
});

test('a rule does not import another rule', () => {
  const isRule = (file: string): boolean => /^server\/src\/rules\/[^/]+\//.test(file);
  const wrong = sources.filter(isRule).flatMap((file) =>
    importsOf(file)
      .map((name) => target(file, name))
      .filter(isRule)
      .map((to) => `${file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('the rules directory has one file per rule, in a directory per category, and the generated barrel', () => {
  const others = sources.filter(
    (file) =>
      file.startsWith('server/src/rules/') &&
      !/^server\/src\/rules\/[a-z-]+\/[a-z-]+\.ts$/.test(file),
  );
  expect(others).toEqual(['server/src/rules/index.ts']);
});

test('packages and built-in modules are imported only by the listed rooms', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((name) => !name.startsWith('.'))
      .filter((name) => {
        const owner = Object.keys(packages).find(
          (key) => name === key || name.startsWith(key.endsWith(':') ? key : `${key}/`),
        );
        return owner !== undefined && !packages[owner]?.some((place) => file.startsWith(place));
      })
      .map((name) => `${file} → ${name}`),
  );
  expect(wrong).toEqual([]);
});

/**
 * These write files completely or not at all, a file of their own in a new directory, or the code cache. The files of a build
 * result are created one by one, and removed if they are incomplete. Dropped files without a path are written to a new directory. the two `regular-file.ts`, `open-file.ts` and `pack-files.ts` open files only to
 * read them.
 */
const writers = [
  'client/src/engine/regular-file.ts',
  'client/src/engine/write-file.ts',
  'client/src/engine/build-context/open-file.ts',
  'client/src/engine/buildkit/session/content-store.ts',
  'client/src/engine/buildkit/session/receive-directory.ts',
  'client/src/copy/pack-files.ts',
  'client/src/copy/staged-files.ts',
  'client/src/vscode/row-drops.ts',
  'client/src/copy/name-rules.ts',
  'server/src/disk/regular-file.ts',
  'server/src/disk/replace-file.ts',
  'server/src/start/code-cache.ts',
];

test('files are written only where they are written completely or not at all', () => {
  const writing =
    /\b(?:writeFile|writeFileSync|createWriteStream|copyFile|copyFileSync|appendFile|open|openSync)\b/;
  const found = sources.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const imported = text.matchAll(
      /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'node:fs(?:\/promises)?'/g,
    );
    return [...imported].some(([, names = '']) => writing.test(names));
  });
  expect(found.sort()).toEqual([...writers].sort());
});

/** The cycles of a graph, each from the first node that is met again. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) cycles.push([...path.slice(path.indexOf(node)), node].join(' → '));
    if (done.has(node) || path.includes(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}

test('files do not import each other in a cycle, not for types either', () => {
  const graph = sources.map((file) => {
    const names = importsOf(file).filter((name) => name.startsWith('.'));
    return [file, names.map((name) => target(file, name))] as const;
  });
  expect(cyclesOf(new Map(graph))).toEqual([]);
});

test('rooms do not import each other in a cycle', () => {
  expect(cyclesOf(new Map(Object.entries(rooms)))).toEqual([]);
});

test('each feature of the server is exported by the file with its name', () => {
  const text = readFileSync(join(root, 'server/src/lsp/features.ts'), 'utf8');
  const features = /const features: readonly Feature\[\] = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  const names = features.split(',').flatMap((name) => name.trim() || []);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(text).toContain(`import { ${name} } from './${file}.ts';`);
  }
});
