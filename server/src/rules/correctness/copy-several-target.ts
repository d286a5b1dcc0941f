/** hadolint DL3021. `.` and `..` are folders without a slash, and Docker takes them for such. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';

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
    for (const copy of model.each('COPY', 'ADD')) {
      const { kind, sources, heredocs, target } = copy;
      if (sources.length + heredocs.length < 2 || target === undefined) continue;
      if (isFolder.test(target.text) || isFolder.test(expanded(model, target)?.text ?? ''))
        continue;
      if (target.variables.length > 0 && target.text.endsWith('}')) continue;
      // What is wrong there may be why there are several.
      if (isRefused(model, copy)) continue;
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

/** A slash at the end says so, and `.` and `..` are always folders. */
const isFolder = /(?:[/\\]|(?:^|[/\\])\.{1,2})$/;

function isRefused({ tree }: Model, { span }: Instruction): boolean {
  return tree.errors.some((trouble) => span.start <= trouble.span.start && trouble.span.start <= span.end); // prettier-ignore
}
