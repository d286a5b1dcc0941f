/** BuildKit parser.go: "unterminated heredoc". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'End each heredoc with its delimiter on a separate line',
  why: 'Without the delimiter, the rest of the file belongs to the heredoc, and the build fails with `unterminated heredoc`. The delimiter must be alone on its line, without whitespace after it. With `<<-`, tabs may precede it.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «<<EOF»
        apk add --no-cache curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN <<EOF
        apk add --no-cache curl
        EOF
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'unterminated-heredoc')) {
      report({
        at: trouble,
        message: t('Unterminated heredoc: no line contains only `{0}`', ...trouble.values),
      });
    }
  },
});
