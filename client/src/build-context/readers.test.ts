import { expect, test } from 'vitest';
import { contextNeeds } from '../../../server/src/model/context-needs.ts';
import { document } from '../../../server/src/model/document.ts';
import type { ContextEntry } from '../../../server/src/ignore/context-tree.ts';
import { findReaders } from './readers.ts';

/** A tree with these files. */
function entriesOf(...files: readonly string[]): readonly ContextEntry[] {
  const entries: ContextEntry[] = [];
  const add = (path: string, kind: ContextEntry['kind']): number => {
    const found = entries.findIndex((entry) => entry.path === path);
    if (found >= 0) return found;
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? -1 : add(path.slice(0, slash), 'directory');
    return entries.push({ path, parent, kind, bytes: 1 }) - 1;
  };
  for (const file of files) add(file, 'file');
  return entries;
}

/** The files that the instructions read, each with its line. */
async function read(
  entries: readonly ContextEntry[],
  ...lines: readonly string[]
): Promise<readonly string[]> {
  const source = document('Dockerfile', `FROM scratch\n${lines.join('\n')}\n`);
  const { needs, isComplete } = contextNeeds(source.model);
  const sources = needs.map((need) => ({
    ...need,
    line: source.lines.positionAt(need.span.start).line,
  }));
  const tree = { entries, isComplete: true, hasSizes: true, unreadable: [] };
  const found = await findReaders('/none', tree, { decisions: [], needs: { sources, isComplete } });
  return entries.flatMap(({ path, kind }, i) =>
    kind === 'file' && found[i] !== -1 ? [`${path}:${String(found[i])}`] : [],
  );
}

const tree = entriesOf('a.md', 'a.txt', 'src/a.md', 'src/a.txt', 'src/in/b.md', 'src/in/b.txt');

test.each([
  // As `COPY --exclude` copies on BuildKit: the patterns are relative to what is copied, which itself is never excluded.
  ['COPY --exclude=*.txt src /', ['src/a.md', 'src/in/b.md', 'src/in/b.txt']],
  ['COPY --exclude=**/*.txt src /', ['src/a.md', 'src/in/b.md']],
  ['COPY --exclude=src/in . /', ['a.md', 'a.txt', 'src/a.md', 'src/a.txt']],
  ['COPY --exclude=in --exclude=!in/b.md src /', ['src/a.md', 'src/a.txt', 'src/in/b.md']],
  ['COPY --exclude=a.txt a.txt /', ['a.txt']],
  ['ADD --exclude=in src /', ['src/a.md', 'src/a.txt']],
  ['COPY --exclude=$none src /', ['src/a.md', 'src/a.txt', 'src/in/b.md', 'src/in/b.txt']],
  ['COPY --exclude=[ src /', ['src/a.md', 'src/a.txt', 'src/in/b.md', 'src/in/b.txt']],
  // With `--parents`, the source is a pattern of what is copied.
  ['COPY --parents src/in /', ['src/in/b.md', 'src/in/b.txt']],
  ['COPY --parents **/*.txt /', ['a.txt', 'src/a.txt', 'src/in/b.txt']],
  ['COPY --parents src/./*.md /', ['src/a.md']],
  ['COPY --parents src/./**/*.md /', ['src/a.md', 'src/in/b.md']],
  ['COPY --parents --exclude=src/in **/*.txt /', ['a.txt', 'src/a.txt']],
  ['COPY --parents --exclude=in src/./** /', ['src/a.md', 'src/a.txt']],
  ['COPY --parents=false **/*.txt /', ['src/a.txt']],
  ['COPY --parents . /', ['a.md', 'a.txt', 'src/a.md', 'src/a.txt', 'src/in/b.md', 'src/in/b.txt']],
])('%s reads these files', async (line, files) => {
  expect(await read(tree, line)).toEqual(files.map((file) => `${file}:1`));
});

test('a file that one instruction excludes is read by another one', async () => {
  const lines = ['COPY --exclude=**/*.txt src /', 'COPY --exclude=a.* src /', 'COPY src/in /'];
  expect(await read(tree, ...lines)).toEqual(['src/a.md:1', 'src/in/b.md:3', 'src/in/b.txt:3']);
});
