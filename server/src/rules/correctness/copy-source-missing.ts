/** COPY, ADD and bind mounts of files that the build context does not have. */
import { contextPath, hasWildcard, searchContext, type Found } from '../../lint/context-paths.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { contextNeeds, type ContextNeed } from '../../model/context-needs.ts';
import { SimilarNames } from '../../text/closest-match.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Copy files that exist in the build context',
  why: 'A `COPY`, `ADD` or bind mount of a path that the build context does not have fails the build with `not found`. A pattern that matches nothing copies nothing. Names are case-sensitive, also where the file system of the host is not.\n\nThe build context is assumed to be the directory of the Dockerfile or one above it. Nothing is reported if the path exists in one of them, or if no other file shows which of them is the build context. Ignore this rule for files that are created before each build.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  needs: 'surroundings',
  on: { instructions: ['COPY', 'ADD', 'RUN'] },
  links: ['https://docs.docker.com/build/concepts/context/'],
  examples: [
    {
      bad: dockerfile`
        FROM node:24
        COPY package.json «Server.js» /srv/
      `,
      good: dockerfile`
        FROM node:24
        COPY package.json server.js /srv/
      `,
      files: ['package.json', 'server.js'],
    },
    {
      bad: dockerfile`
        FROM python:3.14
        COPY «requirement.txt» /srv/
        COPY src /srv/src
      `,
      good: dockerfile`
        FROM python:3.14
        COPY requirements.txt /srv/
        COPY src /srv/src
      `,
      files: ['requirements.txt', 'src/main.py'],
    },
  ],
  check({ model, surroundings, report }) {
    const roots = surroundings?.roots;
    if (roots === undefined) return;
    const { needs } = contextNeeds(model);
    const search = searchContext(roots, needs);
    if (search.root === undefined) return;
    const similar = new SimilarNames();
    for (const need of needs) {
      const found = search.found(need);
      if (need.isVariable || found?.kind !== 'missing' || search.mayExist(need)) continue;
      if (!hasWildcard(need)) report(missingPath(need, found, similar));
      else if (!isOptional(need) && copiesNothing(need, needs, search.mayExist))
        report(noMatch(need));
    }
  },
});

type Missing = Extract<Found, { kind: 'missing' }>;

function missingPath(need: ContextNeed, missing: Missing, similar: SimilarNames): Problem {
  const path = contextPath(need.source);
  const found = similar.closestTo(missing.name, () => missing.siblings.map(({ name }) => name));
  if (found === undefined)
    return { at: need, message: t('`{0}` does not exist in the build context', path) };
  const before = missing.folder === '' ? '' : `${missing.folder}/`;
  const suggestion = `${before}${found}${missing.rest}`;
  const message =
    found.toLowerCase() !== missing.name.toLowerCase()
      ? t('`{0}` does not exist in the build context; did you mean `{1}`?', path, suggestion)
      : t('`{0}` does not exist in the build context; `{1}` differs in case', path, suggestion); // prettier-ignore
  // Quotes and escapes would have to be kept.
  if (!isPlain(need, suggestion)) return { at: need, message };
  return {
    at: need,
    message,
    fix: {
      title: t('Replace with `{0}`', suggestion),
      edits: [replace(need.span, suggestion)],
      safe: false,
    },
  };
}

function isPlain({ source, span }: ContextNeed, suggestion: string): boolean {
  return span.end - span.start === source.length && !/[\s"'\\$`,]/.test(`${source}${suggestion}`);
}

function noMatch(need: ContextNeed): Problem {
  const path = contextPath(need.source);
  return { at: need, message: t('`{0}` matches nothing in the build context', path) };
}

/** `yarn.lock*` or `yarn.loc[k]`: a file that is copied if it exists. */
function isOptional({ source }: ContextNeed): boolean {
  return /[^*?/[\]]\*$|\[.\]/.test(source);
}

/** Whether no other source of the instruction exists. */
function copiesNothing(
  { instruction }: ContextNeed,
  needs: readonly ContextNeed[],
  mayExist: (need: ContextNeed) => boolean,
): boolean {
  return !needs.some((other) => other.instruction === instruction && mayExist(other));
}
