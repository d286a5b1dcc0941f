/** BuildKit parser/directives.go, parser.go setEscapeToken. */
import { rule, type Fix } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

/** Either of the two characters may be meant. */
function escapes({ span }: Node): readonly Fix[] {
  return [
    { title: t('Replace with a backslash'), edits: [replace(span, '\\')], safe: false },
    { title: t('Replace with a backtick'), edits: [replace(span, '`')], safe: false },
  ];
}

export default rule({
  summary: 'Use each parser directive once and with a valid value',
  why: 'Parser directives such as `# syntax` and `# escape` are read before the rest of the file. `escape` can only be a backslash or a backtick. A directive that is repeated fails the build with `only one escape parser directive can be used`.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        # escape=«/»
        FROM alpine:3.22
      `,
      good: dockerfile`
        # escape=\`
        FROM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'directive')) {
      const [value] = trouble.values;
      report({
        at: trouble,
        message:
          trouble.code === 'duplicate-directive'
            ? t('Duplicate parser directive `{0}`', value)
            : t('`{0}` is not a valid escape character; use a backslash or a backtick', value),
        others: trouble.code === 'duplicate-directive' ? undefined : escapes(trouble),
      });
    }
  },
});
