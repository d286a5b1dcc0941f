/** BuildKit DuplicateStageName, hadolint DL3024. BuildKit compares without regard to casing and takes the later stage. */
import { rule } from '../../lint/rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Give each stage a name of its own',
  why: 'Where two stages share a name, `COPY --from` takes the last one before it and `--target` the last one of all, whichever was meant.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3024'], buildkit: ['DuplicateStageName'] },
  links: ['https://docs.docker.com/reference/build-checks/duplicate-stage-name/'],
  on: { instructions: ['FROM'] },
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
        message: t('`{0}` is already the name of another stage', name.text),
        related: [{ at: first, message: t('The other stage') }],
        // hadolint takes names that differ in casing for two.
        also: first.text === name.text ? ['DL3024', 'DuplicateStageName'] : ['DuplicateStageName'],
      });
    }
  },
});
