/** BuildKit instructions/commands_runmount.go. */
import { nearest } from '../../text/nearest.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { mountTypes } from '../../reference/instructions.ts';
import type { SyntaxTrouble } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

const types = mountTypes.map(({ type }) => type);
const keys = [...new Set(mountTypes.flatMap(({ options }) => options.map(({ name }) => name)))];
const sharing = ['shared', 'private', 'locked'];

export default rule({
  summary: 'Write mounts as `type=…,key=value,…` with keys that the type has',
  why: 'Docker refuses a mount with a type, a key or a value that it does not know, and keys that belong to another type of mount.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN --mount=type=cache,«targt=/var/cache/apk» apk add curl
        RUN --mount=type=«cahce»,target=/root/.cache make
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN --mount=type=cache,target=/var/cache/apk apk add curl
        RUN --mount=type=cache,target=/root/.cache make
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'mount')) report(problem(trouble));
  },
});

function problem(trouble: SyntaxTrouble): Problem {
  const [first = '', second = ''] = trouble.values;
  switch (trouble.code) {
    case 'mount-field':
      return { at: trouble, message: t('`{0}` has no value', first) };
    case 'mount-key':
      return guess(trouble, first, keys, t('`{0}` is no key of a mount', first));
    case 'mount-option':
      return {
        at: trouble,
        message: t('`{0}` does not belong to mounts of type `{1}`', first, second),
      };
    case 'mount-type':
      return guess(trouble, first, types, t('`{0}` is no type of mount', first));
    case 'mount-sharing':
      return guess(trouble, first, sharing, t('`{0}` is no way of sharing', first));
    case 'mount-value':
      return { at: trouble, message: t('`{0}` is no value for `{1}`', second, first) };
    case 'secret-source-and-id':
      return { at: trouble, message: t('A secret has an `id` or a `source`, not both') };
    default:
      return { at: trouble, message: t('A secret needs an `id` or a `target`') };
  }
}

/** The nearest candidate as a fix; without one, the list of all. */
function guess(
  at: SyntaxTrouble,
  written: string,
  candidates: readonly string[],
  message: string,
): Problem {
  const meant = nearest(written, candidates);
  const list = candidates.map((name) => `\`${name}\``).join(', ');
  if (meant === undefined) return { at, message: t('{0}; there are {1}', message, list) };
  const place = { start: at.span.start, end: at.span.start + written.length };
  return {
    at,
    message: t('{0}; did you mean `{1}`?', message, meant),
    fix: { title: t('Write {0}', meant), edits: [replace(place, meant)], safe: false },
  };
}
