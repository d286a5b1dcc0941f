/** BuildKit MaintainerDeprecated, hadolint DL4000. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `LABEL` instead of `MAINTAINER`',
  why: '`MAINTAINER` has been deprecated since Docker 1.13. The label `org.opencontainers.image.authors` contains the same information, and `docker inspect` shows it with the other labels.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL4000'], buildkit: ['MaintainerDeprecated'] },
  links: ['https://docs.docker.com/reference/build-checks/maintainer-deprecated/'],
  on: { instructions: ['MAINTAINER'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        «MAINTAINER» The image team <images@example.org>
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL org.opencontainers.image.authors="The image team <images@example.org>"
      `,
    },
  ],
  check({ model, report }) {
    for (const { keyword, args, span, onbuild } of model.each('MAINTAINER')) {
      const [name] = args;
      if (name === undefined || onbuild === true) continue;
      const value = name.text.replace(/[\\"$]/g, '\\$&');
      const isLower = keyword.raw === keyword.raw.toLowerCase();
      const label = `${isLower ? 'label' : 'LABEL'} org.opencontainers.image.authors="${value}"`;
      report({
        at: keyword,
        message: t('`{0}` is deprecated', keyword.raw),
        tag: 'deprecated',
        fix: {
          title: t(
            'Replace `{0}` with `{1}`',
            keyword.raw,
            'LABEL org.opencontainers.image.authors',
          ),
          edits: [replace(span, label)],
        },
      });
    }
  },
});
