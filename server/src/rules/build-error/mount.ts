/** BuildKit instructions/commands_runmount.go. */
import { closestMatch } from '../../text/closest-match.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { mountTypes } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { troubles, type TroubleFor } from '../../lint/checks/syntax-troubles.ts';

const types = mountTypes.map(({ type }) => type);
const keys = [...new Set(mountTypes.flatMap(({ options }) => options.map(({ name }) => name)))];
const sharing = ['shared', 'private', 'locked'];

export default rule({
  summary: 'Use valid types, keys and values in `RUN --mount`',
  why: '`--mount` takes a comma-separated list of `key=value` pairs, and each mount type has its own keys. Anything else fails the build, for example with `unsupported mount type`, `unexpected key` or `invalid value`.',
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

function problem(trouble: TroubleFor<'mount'>): Problem {
  switch (trouble.code) {
    case 'mount-field':
      return { at: trouble, message: t('`{0}` has no value', ...trouble.values) };
    case 'mount-key': {
      const [key] = trouble.values;
      return withSuggestion(trouble, key, keys, t('`{0}` is not a valid mount key', key));
    }
    case 'mount-option':
      return {
        at: trouble,
        message: t('`{0}` is not supported by mounts of type `{1}`', ...trouble.values),
      };
    case 'mount-type': {
      const [type] = trouble.values;
      return withSuggestion(trouble, type, types, t('`{0}` is not a valid mount type', type));
    }
    case 'mount-sharing': {
      const [mode] = trouble.values;
      return withSuggestion(trouble, mode, sharing, t('`{0}` is not a valid sharing mode', mode));
    }
    case 'mount-value': {
      const [key, value] = trouble.values;
      return { at: trouble, message: t('`{0}` is not a valid value for `{1}`', value, key) };
    }
    case 'secret-source-and-id':
      return { at: trouble, message: t('A secret mount cannot have both `id` and `source`') };
    case 'secret-without-id':
      return { at: trouble, message: t('A secret mount requires `id` or `target`') };
  }
}

/** Suggests the candidate with the most similar name as a fix; without one, lists all candidates. */
function withSuggestion(
  at: Node,
  value: string,
  candidates: readonly string[],
  message: string,
): Problem {
  const suggestion = closestMatch(value, candidates);
  const list = candidates.map((name) => `\`${name}\``).join(', ');
  if (suggestion === undefined) return { at, message: t('{0}; valid values: {1}', message, list) };
  const place = { start: at.span.start, end: at.span.start + value.length };
  return {
    at,
    message: t('{0}; did you mean `{1}`?', message, suggestion),
    fix: {
      title: t('Replace `{0}` with `{1}`', value, suggestion),
      edits: [replace(place, suggestion)],
      safe: false,
    },
  };
}
