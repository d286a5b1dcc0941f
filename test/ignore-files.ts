/** Ignore files made at random, of the parts that patterns have and of those that they should not have. */

/** Paths of a context, each after its directory. */
export const ignorePaths: readonly string[] = [
  'a', 'b', 'a.b', 'ab', 'aab', 'x.log', '.a', '.git', '!a', '#a', 'a b', 'é', '1', '[a]', '*', '-', 'a\\b', '^a', '🦆', 'a\nb', '$a',
  'a/a', 'a/b', 'a/.a', 'a/x.log', 'a/1', 'b/a', 'b/b', 'b/é', '.git/a', 'ab/a', 'a b/b', '[a]/a',
  'a/a/a', 'a/a/b', 'a/b/a', 'a/b/x.log', 'a/b/ab', 'b/a/b', 'b/a/.a', 'b/b/a', 'ab/a/b',
  'a/b/a/b', 'a/a/a/a', 'b/a/b/a', 'a/b/a/x.log', 'a/b/a/b/a', 'a/b/a/b/x.log',
]; // prettier-ignore

const common = [
  'a',
  'b',
  'a',
  'b',
  '/',
  '/',
  '*',
  '**',
  '**/',
  '/**',
  '?',
  '.',
  '!',
  'ab',
  'x.log',
  '*.log',
];
const rare = [' ', '\\', '[', ']', '[a]', '[^a]', '[a-b]', '[!a]', '-', '^', '$', '+', '(', ')', '|', '{', '}', '#', '..', './', '//', '1', '\\d', '\\w', '\\b', '\\z', '\\A', '\\Q', '\\E', '\\a', '\\n', '\\x61', '\\141', '\\pL', '[[:alpha:]]', '[\\d]', '[*]', '[?]', '[+-*]', '{', '}', '{2}', '{1,2}', '{,2}', '{0}', '{2,}', '{2,1}', '\\x{61}', '\\p{Lu}', '\\P{L}', 'é', '🦆', '\t', '\r', '\u00a0', '\ufeff']; // prettier-ignore

/** One ignore file. */
export function randomIgnoreFile(next: () => number): string {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const isOdd = next() < 0.4;
  const line = (): string => {
    const parts = Array.from({ length: 1 + Math.floor(next() * 5) }, () =>
      pick(isOdd && next() < 0.4 ? rare : common),
    );
    return `${next() < 0.3 ? '!' : ''}${next() < 0.4 ? (pick(ignorePaths) ?? '').replace('\n', '') : parts.join('')}`;
  };
  return Array.from({ length: 1 + Math.floor(next() * 5) }, line).join(
    next() < 0.1 ? '\r\n' : '\n',
  );
}
