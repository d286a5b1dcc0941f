import { expect, test } from 'vitest';
import { dockerArchive, layerTar, type LayerEntry } from '../../../test/image-archives.ts';
import { inChunks } from '../../../test/tar-archive.ts';
import { analyze, type Analysis } from './analysis.ts';
import { findPaths } from './find-paths.ts';
import { readImageArchive } from './image-archive.ts';
import { LayerTree, type Shown } from './layer-tree.ts';
import { pathEvents } from './path-events.ts';
import { nodeOfPath, root } from './path-table.ts';

async function analysisOf(...layers: readonly (readonly LayerEntry[])[]): Promise<Analysis> {
  return analyze(await readImageArchive(inChunks(dockerArchive(layers.map(layerTar)))));
}

const all: Shown = { added: true, changed: true, removed: true };

/** The whole tree as indented lines. */
function drawn(analysis: Analysis, layer: number, shown = all): readonly string[] {
  const tree = new LayerTree(analysis, layer);
  const draw = (directory: number, indent: string): readonly string[] =>
    tree.rows(directory, shown, { offset: 0, most: 100 }).rows.flatMap((row) => {
      const letter = row.change?.[0]?.toUpperCase() ?? '';
      const lost = row.removedIn === undefined ? '' : ` removed in ${row.removedIn}`;
      const line = `${indent}${row.names.join('/')}${row.isDirectory ? '/' : ''} ${row.bytes} ${letter}${lost}`;
      return [line.trimEnd(), ...draw(row.node, `${indent}  `)];
    });
  return draw(root, '');
}

const layers: readonly (readonly LayerEntry[])[] = [
  [
    'etc/',
    'etc/a=12345',
    'etc/b=123',
    'usr/',
    'usr/share/',
    'usr/share/doc/x=1',
    'usr/share/doc/y=1',
  ],
  [
    'etc/',
    'etc/a=123456',
    'etc/.wh.b',
    'opt/',
    'opt/one/',
    'opt/one/only=1',
    'opt/cache/big=1234567',
    'empty/',
  ],
  ['usr/share/.wh.doc', 'opt/.wh.cache'],
];

test('shows what a layer adds, changes and removes, the largest first', async () => {
  const analysis = await analysisOf(...layers);
  expect(drawn(analysis, 1)).toEqual([
    'etc/ 9',
    '  a 6 C',
    '  b 3 R',
    'opt/ 8 A',
    '  cache/big 7 A removed in 2',
    '  one/ 1 A',
    '    only 1 A',
    'empty/ 0 A',
  ]);
  expect(drawn(analysis, 2)).toEqual([
    'opt/cache/big 7 R',
    'usr/share/doc/ 2',
    '  x 1 R',
    '  y 1 R',
  ]);
});

test('leaves out changes that are not shown', async () => {
  const analysis = await analysisOf(...layers);
  const shown = { added: false, changed: true, removed: true };
  expect(drawn(analysis, 1, shown)).toEqual(['etc/ 9', '  a 6 C', '  b 3 R']);
  expect(drawn(analysis, 1, { ...shown, changed: false })).toEqual(['etc/b 3 R']);
});

test('reads a part of the rows of a directory', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `d/${String(index).padStart(2, '0')}=x`);
  const analysis = await analysisOf(names);
  const tree = new LayerTree(analysis, 0);
  const directory = nodeOfPath(analysis.paths, 'd')!;
  const { rows, total } = tree.rows(directory, all, { offset: 45, most: 10 });
  expect(total).toBe(50);
  expect(rows.map((row) => row.names[0])).toEqual(['45', '46', '47', '48', '49']);
});

function eventsOf(analysis: Analysis, path: string): readonly string[] {
  return pathEvents(analysis, nodeOfPath(analysis.paths, path)!).map(
    ({ layer, change, bytes }) => `${layer} ${change} ${bytes}`,
  );
}

test('reports which layers made a file or directory, and which removed it', async () => {
  const analysis = await analysisOf(...layers, ['opt/cache/big=12']);
  expect(eventsOf(analysis, '/opt/cache/big')).toEqual(['1 added 7', '2 removed 7', '3 added 2']);
  expect(eventsOf(analysis, 'opt/cache/')).toEqual(['1 added 7', '2 removed 7', '3 added 2']);
  expect(eventsOf(analysis, '/etc/a')).toEqual(['0 added 5', '1 changed 6']);
  expect(eventsOf(analysis, '/etc/b')).toEqual(['0 added 3', '1 removed 3']);
  expect(eventsOf(analysis, '/etc')).toEqual(['0 added 8', '1 changed 6']);
  expect(eventsOf(analysis, '/empty')).toEqual(['1 added 0']);
});

test('finds paths by their names, the shortest first, and removed ones too', async () => {
  const analysis = await analysisOf(...layers);
  const found = (text: string, most = 10) => {
    const { exact, matches, hasMore } = findPaths(analysis, text, most);
    const paths = matches.map((node) => analysis.paths.display(node));
    return [
      ...(exact === undefined ? [] : [`= ${analysis.paths.display(exact)}`]),
      ...paths,
      ...(hasMore ? ['…'] : []),
    ];
  };
  expect(found('/etc/a')).toEqual(['= /etc/a']);
  expect(found('etc/B')).toEqual(['/etc/b']);
  expect(found('cache/b')).toEqual(['/opt/cache/big']);
  expect(found('/opt/one/')).toEqual(['= /opt/one']);
  expect(found('o', 1)).toEqual(['/opt', '…']);
  expect(found('nothing')).toEqual([]);
  expect(found(' ')).toEqual([]);
});
