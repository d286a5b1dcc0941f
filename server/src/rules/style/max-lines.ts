/** tally max-lines. Off: a long file may be a plain one. */
import { integer, object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Keep Dockerfiles short',
  why: 'A file of many hundred lines mostly does the work of a script, which has tests and names for its parts, or of several images. Empty lines and comments do not count.',
  severity: 'off',
  since: '0.1.0',
  also: { tally: ['tally/max-lines'] },
  options: object({
    lines: integer(200, { minimum: 1 }, 'How many lines a file may have.'),
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
    // Hardly any file is so long that its lines have to be looked at.
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
          message: t('The file goes on beyond {0} lines', options.lines),
        });
        return;
      }
      start += line.length + 1;
    }
  },
});

function hasMoreLines(text: string, most: number): boolean {
  let at = -1;
  for (let count = 0; count < most; count++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return false;
  }
  return true;
}
