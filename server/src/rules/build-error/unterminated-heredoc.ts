/** BuildKit parser.go: "unterminated heredoc". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'End each heredoc with its mark on a line of its own',
  why: 'Without the end mark, all the rest of the file belongs to the heredoc. The mark stands alone: nothing before it (but tabs, with `<<-`) and no blank behind it.',
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
        message: t('This heredoc has no end: no line is just `{0}`', trouble.values[0] ?? ''),
      });
    }
  },
});
