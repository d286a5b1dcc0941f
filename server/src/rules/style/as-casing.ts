/** BuildKit FromAsCasing: compared only where FROM itself is all upper or all lower case. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Write `AS` in the casing of its `FROM`',
  why: '`FROM … as` reads as if `as` were part of the image. Both keywords of the instruction belong in one casing.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['FromAsCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/from-as-casing/'],
  on: { instructions: ['FROM'] },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 «as» build
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
      `,
    },
  ],
  check({ model, report }) {
    for (const { keyword, as } of model.each('FROM')) {
      if (as === undefined) continue;
      const upper = keyword.raw === keyword.raw.toUpperCase();
      if (!upper && keyword.raw !== keyword.raw.toLowerCase()) continue;
      const wanted = upper ? 'AS' : 'as';
      if (as.raw === wanted) continue;
      report({
        at: as,
        message: t('`{0}` and `{1}` are in different casing', keyword.raw, as.raw),
        fix: { title: t('Write {0}', wanted), edits: [replace(as.span, wanted)] },
      });
    }
  },
});
