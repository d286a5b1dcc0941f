/** BuildKit CopyIgnoredFile (dockerfile2llb/convert.go, validateCopySourcePath), which skips files with `!` patterns. */
import {
  contextPath,
  hasWildcard,
  searchContext,
  type Found,
  type Search,
} from '../../lint/context-paths.ts';
import { rule, type Elsewhere, type Problem } from '../../lint/rule.ts';
import type {
  ContextRoot,
  IgnoreFile,
  IgnoreFileLine,
  Surroundings,
} from '../../lint/surroundings.ts';
import { contextNeeds, type ContextNeed } from '../../model/context-needs.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not copy files that `.dockerignore` excludes',
  why: 'Files that `.dockerignore` excludes are not sent with the build context. Copying one of them fails the build with `not found`, although the file exists on disk. A directory whose files are all excluded is copied empty.',
  severity: 'warning',
  since: '0.1.0',
  needs: 'ignoreFiles',
  on: { instructions: ['COPY', 'ADD', 'RUN'] },
  also: { buildkit: ['CopyIgnoredFile'] },
  links: ['https://docs.docker.com/reference/build-checks/copy-ignored-file/'],
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «.env» app /srv/
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY app /srv/
      `,
      dockerignore: '.git\n.env\n',
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «docs» /srv/docs/
        COPY app /srv/
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY app /srv/
      `,
      dockerignore: '**/*.md\n',
      files: ['docs/a.md', 'docs/b.md', 'app'],
    },
  ],
  check({ model, surroundings, report }) {
    if (surroundings === undefined) return;
    const { needs } = contextNeeds(model);
    const search = surroundings.roots && searchContext(surroundings.roots, needs);
    const file = fileOf(surroundings, search);
    if (file === undefined) return;
    for (const need of needs) {
      const problem = excluded(need, file, { root: search?.root, found: search?.found(need) });
      if (problem !== undefined) report(problem);
    }
  },
});

/** The ignore file of the build context, where that is known; otherwise the one beside the Dockerfile. */
function fileOf({ ignoreFile }: Surroundings, search: Search | undefined): IgnoreFile | undefined {
  if (search?.root !== undefined) return search.root.ignoreFile;
  return typeof ignoreFile === 'string' ? undefined : ignoreFile;
}

interface Place {
  readonly root: ContextRoot | undefined;
  readonly found: Found | undefined;
}

function excluded(need: ContextNeed, file: IgnoreFile, place: Place): Problem | undefined {
  const path = contextPath(need.source);
  if (path === '')
    return file.excludesContext && !need.isMount
      ? { at: need, message: t('`{0}` excludes the entire build context', file.name) }
      : undefined;
  const { found } = place;
  if (hasWildcard(need)) return excludedMatches(need, file, found);
  if (isExcluded(path, file, found))
    return {
      at: need,
      message: t('`{0}` is excluded by `{1}`', need.source, file.name),
      elsewhere: elsewhere(file, path),
    };
  return emptyFolder(need, file, place);
}

/** A directory that is excluded may contain files that are included again. */
function isExcluded(path: string, file: IgnoreFile, found: Found | undefined): boolean {
  if (file.excludesAll(path)) return true;
  const isFile = found?.kind === 'found' && found.paths.every(({ isFolder }) => !isFolder);
  return isFile && file.excludes(path);
}

function excludedMatches(
  need: ContextNeed,
  file: IgnoreFile,
  found: Found | undefined,
): Problem | undefined {
  if (found?.kind !== 'found') return undefined;
  const [first] = found.paths;
  if (first === undefined || !found.paths.every(({ path }) => file.excludesAll(path)))
    return undefined;
  return {
    at: need,
    message: t('Everything that `{0}` matches is excluded by `{1}`', need.source, file.name),
    elsewhere: elsewhere(file, first.path),
  };
}

/** Directories below are not read, so that nothing is reported where one of them may have files. */
function emptyFolder(
  need: ContextNeed,
  file: IgnoreFile,
  { root, found }: Place,
): Problem | undefined {
  if (found?.kind !== 'found' || found.paths.some(({ isFolder }) => !isFolder)) return undefined;
  const folder = contextPath(need.source);
  const names = root?.list(folder) ?? [];
  const [first] = names;
  const isEmpty = names.every(({ name }) => file.excludesAll(`${folder}/${name}`));
  if (first === undefined || !isEmpty) return undefined;
  return {
    at: need,
    message: t('Everything in `{0}` is excluded by `{1}`', need.source, file.name),
    elsewhere: elsewhere(file, `${folder}/${first.name}`),
  };
}

function elsewhere(file: IgnoreFile, path: string): Elsewhere | undefined {
  const line = file.lineFor(path);
  if (line === undefined) return undefined;
  const { file: other, span, number } = line;
  return {
    file: other,
    span,
    message: t('Excluded by this line'),
    fixes: [
      {
        title: t('Remove line {0} from `{1}`', number, file.name),
        edits: [remove(wholeLine(line))],
      },
      {
        title: t('Include `{0}` again in `{1}`', path, file.name),
        edits: [insert(other.text.length, `${lineBreak(other.text)}!${pattern(path)}\n`)],
      },
    ],
  };
}

function wholeLine({ file: { text }, span }: IgnoreFileLine): { start: number; end: number } {
  const end = text.indexOf('\n', span.end);
  return { start: text.lastIndexOf('\n', span.start) + 1, end: end < 0 ? text.length : end + 1 };
}

function lineBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? '' : '\n';
}

/** The path without a meaning as a pattern. */
function pattern(path: string): string {
  return path.replace(/[*?[\]\\]/g, '\\$&');
}
