/** BuildKit ReservedStageName, hadolint DL3063. */
import { rule } from '../../lint/rule.ts';
import { oddName } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not name a stage `scratch` or `context`',
  why: '`scratch` is the empty base image, and `context` is the build context. BuildKit reserves both names. If a stage has such a name, it is unclear what `FROM` or `--from` refers to.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3063'], buildkit: ['ReservedStageName'] },
  links: ['https://docs.docker.com/reference/build-checks/reserved-stage-name/'],
  on: { parts: oddName },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim AS «scratch»
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie-slim AS notes
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { name } of model.each('FROM')) {
      if (name === undefined || !/^(?:scratch|context)$/i.test(name.text)) continue;
      report({
        at: name,
        message: t('The stage name `{0}` is reserved', name.text),
        also:
          name.text === name.text.toLowerCase()
            ? ['DL3063', 'ReservedStageName']
            : ['ReservedStageName'],
      });
    }
  },
});
