/** tally max-lines. Off: a long file can still be simple. */
import { integer, object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Limit the length of Dockerfiles',
  why: 'A Dockerfile with several hundred lines usually does the work of a script, which could be tested on its own, or builds several images. Empty lines and comments are not counted.\n\nThis rule is off by default, because a long file can still be simple.',
  severity: 'off',
  since: '0.1.0',
  also: { tally: ['tally/max-lines'] },
  options: object({
    lines: integer(200, { minimum: 1 }, 'The maximum number of lines.'),
  }),
  examples: [
    {
      options: { lines: 2 },
      bad: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache bash
        «RUN apk add --no-cache git»
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache bash git
      `,
    },
  ],
  check({ model, options, report }) {
    const { text } = model.tree;
    // Few files are so long that their lines have to be counted.
    if (!hasMoreLines(text, options.lines)) return;
    const lines = text.split('\n');
    let count = 0;
    let start = 0;
    for (const line of lines) {
      const isCounted = /^\s*[^\s#]/.test(line);
      if (isCounted) count++;
      if (isCounted && count > options.lines) {
        const end = start + line.replace(/\r$/, '').length;
        report({
          at: { span: { start, end } },
          message: t('The file exceeds the line limit of {0}', options.lines),
        });
        return;
      }
      start += line.length + 1;
    }
  },
});

function hasMoreLines(text: string, limit: number): boolean {
  let at = -1;
  for (let count = 0; count < limit; count++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return false;
  }
  return true;
}
