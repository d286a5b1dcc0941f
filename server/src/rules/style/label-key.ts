/** hadolint DL3048, after the guidelines for keys at docs.docker.com. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';

const reserved = /^(?:com\.docker\.|io\.docker\.|org\.dockerproject\.)/;

export default rule({
  summary: 'Write label keys in lower case, with dots and hyphens',
  why: 'Docker takes any key, tools do not: keys begin with a letter, end with a letter or digit, and have only lower-case letters, digits, dots, hyphens and underscores between them. The prefixes `com.docker.`, `io.docker.` and `org.dockerproject.` are kept for Docker itself.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3048'] },
  links: ['https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations'],
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        LABEL «-maintainer»="images@example.org"
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL maintainer="images@example.org"
      `,
    },
  ],
  *check({ model }) {
    for (const { pairs } of model.each('LABEL')) {
      for (const { key } of pairs) {
        if (key.variables.length > 0 || key.text === '') continue;
        const isReserved = reserved.test(key.text);
        if (!isReserved && isWellFormed(key.text)) continue;
        yield {
          at: key,
          message: isReserved
            ? t('`{0}` has a prefix that is kept for Docker', key.text)
            : t('`{0}` is no key that all tools take', key.text),
        };
      }
    }
  },
});

function isWellFormed(key: string): boolean {
  return /^[a-z][a-z0-9._/-]*$/.test(key) && /[a-z0-9]$/.test(key) && !/\.\.|--/.test(key);
}
