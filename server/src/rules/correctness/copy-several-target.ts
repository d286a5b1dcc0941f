/** hadolint DL3021, except for `.` and `..`, which Docker treats as directories without a slash. */
import { rule } from '../../lint/rule.ts';
import { severalSources } from '../../lint/parts.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';

export default rule({
  summary: 'End the destination with `/` when copying multiple sources',
  why: 'Multiple sources require a directory as the destination, and the trailing slash marks it as one. Without it, the legacy builder fails with `the destination must be a directory and end with a /`, and BuildKit may write all files to the same path.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3021'] },
  links: ['https://docs.docker.com/reference/dockerfile/#destination'],
  on: { parts: severalSources },
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
    const errors = [...model.tree.errors].sort((a, b) => a.span.start - b.span.start);
    for (const copy of model.each('COPY', 'ADD')) {
      const { kind, sources, heredocs, target } = copy;
      if (sources.length + heredocs.length < 2 || target === undefined) continue;
      if (isDirectory.test(target.text) || isDirectory.test(expandWord(model, target)?.text ?? ''))
        continue;
      if (target.variables.length > 0 && target.text.endsWith('}')) continue;
      // A syntax error may be the reason for the additional sources.
      if (hasSyntaxError(errors, copy)) continue;
      const quoted = /["']$/.test(target.raw);
      report({
        at: target,
        message: t('The destination `{0}` of multiple sources does not end with `/`', target.text),
        also: kind === 'COPY' ? ['DL3021'] : [],
        fix: {
          title: t('Add `{0}`', '/'),
          edits: [insert(target.span.end - (quoted ? 1 : 0), '/')],
          safe: false,
        },
      });
    }
  },
});

/** A trailing slash marks a directory; `.` and `..` always are directories. */
const isDirectory = /(?:[/\\]|(?:^|[/\\])\.{1,2})$/;

function hasSyntaxError(errors: readonly Node[], { span }: Instruction): boolean {
  const first = errors[firstFrom(errors, span.start)];
  return first !== undefined && first.span.start <= span.end;
}
