/** BuildKit DuplicateStageName, hadolint DL3024. BuildKit ignores case and uses the later stage. */
import { rule } from '../../lint/rule.ts';
import { severalNames } from '../../lint/parts.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use a unique name for each stage',
  why: 'If two stages have the same name, `COPY --from` uses the last one before it, and `--target` the last one in the file. That may not be the intended stage. Case is ignored.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3024'], buildkit: ['DuplicateStageName'] },
  links: ['https://docs.docker.com/reference/build-checks/duplicate-stage-name/'],
  on: { parts: severalNames },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS build
        FROM node:24 AS «build»
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
        FROM node:24 AS build-assets
      `,
    },
  ],
  check({ model, report }) {
    const seen = new Map<string, Word>();
    for (const { name } of model.each('FROM')) {
      if (name === undefined) continue;
      const first = seen.get(name.text.toLowerCase());
      if (first === undefined) {
        seen.set(name.text.toLowerCase(), name);
        continue;
      }
      report({
        at: name,
        message: t('Duplicate stage name `{0}`', name.text),
        related: [{ at: first, message: t('First stage with this name') }],
        // hadolint distinguishes names that differ only in case.
        also: first.text === name.text ? ['DL3024', 'DuplicateStageName'] : ['DuplicateStageName'],
      });
    }
  },
});
