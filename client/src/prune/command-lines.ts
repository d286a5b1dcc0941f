/** The `docker` commands that remove the chosen objects, for the clipboard. */
import { printWords } from '../command-line/words.ts';
import { cacheTypeOf } from './cache-rows.ts';
import type { Prunable, PruneKind } from './prunable.ts';

/** One command per line, in an order in which they succeed. */
export function commandLines(
  chosen: readonly Prunable[],
  { allCache, shell }: { readonly allCache: boolean; readonly shell: 'posix' | 'powershell' },
): string {
  const of = (kind: PruneKind) => chosen.filter((object) => object.kind === kind);
  const ids = (kind: PruneKind) => of(kind).flatMap(({ parts }) => parts.map(({ id }) => id));
  const images = of('image').flatMap(({ tags = [], parts }) =>
    tags.length > 0 ? tags : parts.map(({ id }) => id),
  );
  const cache = of('cache');
  const prune = ['docker', 'builder', 'prune', '--all'];
  const lines: readonly (readonly string[])[] = [
    ['docker', 'rm', ...of('container').map(({ label }) => label)],
    ['docker', 'network', 'rm', ...of('network').map(({ label }) => label)],
    ['docker', 'volume', 'rm', ...ids('volume')],
    ['docker', 'rmi', ...images],
  ].filter((words) => words.length > (words[1]?.startsWith('rm') ? 2 : 3));
  const cacheLines =
    allCache && cache.length > 0
      ? [prune]
      : cache.map((object) => [...prune, '--filter', `type=${cacheTypeOf(object)}`]);
  return [...lines, ...cacheLines].map((words) => printWords(words, shell)).join('\n');
}
