/** BuildKit instructions/parse.go, parseSourcesAndDest. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use a path, not a heredoc, as the destination of `COPY` and `ADD`',
  why: 'The last argument of `COPY` and `ADD` is the destination; a heredoc can only be a source. A heredoc as the last argument fails the build with `COPY cannot accept a heredoc as a destination`.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY /app.conf «<<EOF»
        debug=false
        EOF
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY <<EOF /app.conf
        debug=false
        EOF
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'heredoc-target')) {
      report({
        at: trouble,
        message: t('A heredoc cannot be the destination of `{0}`', ...trouble.values),
      });
    }
  },
});
