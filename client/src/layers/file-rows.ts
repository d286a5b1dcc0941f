/** Answers of the layers page: the files in a directory of a layer, and what layers did with a path. */
import { t } from '@vscode/l10n';
import { displayName } from '../copy/names.ts';
import { formatSize } from '../ui/format.ts';
import { valueAt, type Analysis } from './analysis.ts';
import { findPaths } from './find-paths.ts';
import { LayerTree, type TreeRow } from './layer-tree.ts';
import type { FileRow, FilesRequest, FoundPath } from './page.ts';
import { pathEvents } from './path-events.ts';
import { pathSentence, type LayerNames } from './sentences.ts';

/** Rows of one answer; a directory may have a hundred thousand. */
const pageSize = 200;
const mostMatches = 8;

/** The files of an analyzed image; the sums of the layer that was asked for last are kept. */
export class ImageFiles {
  readonly #analysis: Analysis;
  #tree: { readonly layer: number; readonly tree: LayerTree } | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** The rows in a directory; none if the request does not fit this image. */
  rows({ layer, node, shown, offset }: FilesRequest): {
    readonly rows: readonly FileRow[];
    readonly total: number;
  } {
    const { layers, paths } = this.#analysis;
    if (layer >= layers.length || node >= paths.count) return { rows: [], total: 0 };
    if (this.#tree?.layer !== layer) {
      this.#tree = { layer, tree: new LayerTree(this.#analysis, layer) };
    }
    const { rows, total } = this.#tree.tree.rows(node, shown, { offset, most: pageSize });
    return { rows: rows.map((row) => this.#fileRow(row)), total };
  }

  /** What layers did with the path that was typed, or paths that contain it. */
  find(text: string, names: LayerNames): FoundPath {
    const { exact, matches, hasMore } = findPaths(this.#analysis, text, mostMatches);
    return {
      answer: exact === undefined ? [] : pathSentence(names, pathEvents(this.#analysis, exact)),
      matches: matches.map((node) => this.#analysis.paths.display(node)),
      hasMore,
    };
  }

  #fileRow(row: TreeRow): FileRow {
    const { node, names, isDirectory, bytes, change, removedIn } = row;
    const [letter, meaning] = letterOf(row);
    return {
      node,
      name: names.map(displayName).join('/'),
      isDirectory,
      size: formatSize(bytes),
      ...(change !== undefined && { change }),
      isLost: removedIn !== undefined || change === 'removed',
      letter,
      meaning,
      note: this.#note(row),
    };
  }

  #note({ change, removedIn, entry }: TreeRow): string {
    if (removedIn !== undefined) return t('removed in layer {0}', removedIn + 1);
    if (change !== 'changed' || entry === undefined) return '';
    const value = (part: 'modes' | 'users' | 'groups') => valueAt(this.#analysis, part, entry);
    const [user, group] = [value('users'), value('groups')];
    const owner = user === 0 && group === 0 ? 'root' : `${user}:${group}`;
    return `${value('modes').toString(8).padStart(4, '0')} ${owner}`;
  }
}

/** The letters of the Source Control view. */
function letterOf({ change, removedIn }: TreeRow): readonly [string, string] {
  if (removedIn !== undefined) return ['D', t('Removed by a later layer')];
  switch (change) {
    case 'added':
      return ['A', t('Added')];
    case 'changed':
      return ['M', t('Changed')];
    case 'removed':
      return ['D', t('Removed')];
    default:
      return ['', ''];
  }
}
