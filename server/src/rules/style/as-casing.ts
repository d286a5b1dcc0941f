/** BuildKit FromAsCasing: compared only where FROM itself is all uppercase or all lowercase. */
import { rule } from '../../lint/rule.ts';
import { otherCase } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use the same casing for `AS` and `FROM`',
  why: 'Keywords are not case-sensitive, but in `FROM … as` the lowercase `as` is easily read as part of the image name. Both keywords of the instruction should have the same casing.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['FromAsCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/from-as-casing/'],
  on: { parts: otherCase },
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
      const expected = upper ? 'AS' : 'as';
      if (as.raw === expected) continue;
      report({
        at: as,
        message: t('`{0}` does not match the casing of `{1}`', as.raw, keyword.raw),
        fix: {
          title: t('Replace `{0}` with `{1}`', as.raw, expected),
          edits: [replace(as.span, expected)],
        },
      });
    }
  },
});
