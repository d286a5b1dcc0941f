/** Finds paths by what a person types. */
import type { Analysis } from './analysis.ts';
import { nodeOfPath, root, type PathTable } from './path-table.ts';

export interface FoundPaths {
  /** The path that was typed, if the image has it. */
  readonly exact?: number;
  /** Paths that contain the text, the shortest first. */
  readonly matches: readonly number[];
  /** Whether there are more. */
  readonly hasMore: boolean;
}

/** Candidates that are compared in length; an exact search would read all paths of the image. */
const mostCandidates = 2000;

/** Finds the path, and paths whose last name contains the end of the text. Case matters only in an exact path. */
export function findPaths(
  { paths, entries }: Pick<Analysis, 'paths' | 'entries'>,
  text: string,
  most: number,
): FoundPaths {
  const query = text.trim();
  const exact = query === '' ? undefined : nodeOfPath(paths, query);
  const parts = query.toLowerCase().split('/');
  const last = parts.pop() ?? '';
  if (last === '') return { ...(exact !== undefined && { exact }), matches: [], hasMore: false };
  const found: string[] = [];
  const nodes = new Map<string, number>();
  const isStored = new Uint8Array(paths.count);
  for (const node of entries.nodes) isStored[node] = 1;
  const lowered = new LowerCaseNames(paths);
  for (let node = 1; node < paths.count && found.length < mostCandidates; node++) {
    if (isStored[node] !== 1 || node === exact || !lowered.of(node).includes(last)) continue;
    const path = paths.display(node);
    if (parts.length > 0 && !path.toLowerCase().includes(query.toLowerCase())) continue;
    found.push(path);
    nodes.set(path, node);
  }
  found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const matches = found.slice(0, most).map((path) => nodes.get(path) ?? root);
  return { ...(exact !== undefined && { exact }), matches, hasMore: found.length > most };
}

/** Names in lowercase; most paths share their names with others. */
class LowerCaseNames {
  readonly #paths: PathTable;
  readonly #known = new Map<string, string>();

  constructor(paths: PathTable) {
    this.#paths = paths;
  }

  of(node: number): string {
    const name = this.#paths.name(node);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const lowered = name.toLowerCase();
    this.#known.set(name, lowered);
    return lowered;
  }
}
