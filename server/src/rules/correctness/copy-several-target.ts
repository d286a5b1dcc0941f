/** hadolint DL3021. `.` and `..` are folders without a slash, and Docker takes them for such. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';

export default rule({
  summary: 'End the target of several sources with a slash',
  why: 'Several files need a folder to go to, and only the slash at its end says that it is one. Without it a builder refuses the step, or writes one file over the other.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3021'] },
  links: ['https://docs.docker.com/reference/dockerfile/#destination'],
  on: { instructions: ['COPY', 'ADD'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY package.json package-lock.json «/app»
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY package.json package-lock.json /app/
      `,
    },
  ],
  check({ model, report }) {
    for (const { kind, sources, target } of model.each('COPY', 'ADD')) {
      if (sources.length < 2 || target === undefined) continue;
      if (/(?:[/\\]|(?:^|[/\\])\.{1,2})$/.test(target.text)) continue;
      if (target.variables.length > 0 && target.text.endsWith('}')) continue;
      const quoted = /["']$/.test(target.raw);
      report({
        at: target,
        message: t('`{0}` is no folder by its name: end it with a slash', target.text),
        also: kind === 'COPY' ? ['DL3021'] : [],
        fix: {
          title: t('Write {0}', `${target.text}/`),
          edits: [insert(target.span.end - (quoted ? 1 : 0), '/')],
          safe: false,
        },
      });
    }
  },
});
