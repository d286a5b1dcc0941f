/** Not in other linters: entries of PATH that depend on the working directory, or that no program expands. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use absolute directories in `PATH`',
  why: 'A relative entry of `PATH` is a different directory in every working directory, so a program is found or not depending on where it is started, and anyone who can write to that directory can replace programs. `~` is not expanded in `ENV`: only shells expand it, in their own assignments.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#env'],
  on: { instructions: ['ENV'], signs: ['PATH'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        ENV PATH=«node_modules/.bin:$PATH»
      `,
      good: dockerfile`
        FROM node:24-slim
        ENV PATH=/app/node_modules/.bin:$PATH
      `,
    },
  ],
  check({ model, report }) {
    for (const { pairs } of model.each('ENV'))
      for (const { key, value } of pairs) {
        if (key.text !== 'PATH' || value === undefined || /[;\\]/.test(value.text)) continue;
        const entry = value.text.split(':').find((one) => /^(?:[\w.]|~)/.test(one));
        if (entry === undefined || /^[A-Za-z]$/.test(entry)) continue;
        report({
          at: value,
          message: entry.startsWith('~')
            ? t('`~` in `{0}` is not expanded in `ENV`', entry)
            : t('`{0}` in `PATH` is relative to the current directory', entry),
        });
      }
  },
});
