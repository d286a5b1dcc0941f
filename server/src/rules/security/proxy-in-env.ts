/** Not in other linters: build arguments for proxies are predefined, and not stored in the image. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const proxyName = /^(?:https?|ftp|all)_proxy$/i;

export default rule({
  summary: 'Do not set proxies with `ENV`',
  why: 'A proxy in `ENV` applies to every container of the image, also on hosts that do not reach it, and anyone with the image can read its address and password. `HTTP_PROXY`, `HTTPS_PROXY`, `FTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are predefined build arguments: `docker build --build-arg HTTPS_PROXY=…` sets them for `RUN` without an `ARG`, and they are not stored in the image.\n\nEmpty values, which reset a proxy, are not reported.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/variables/#proxy-arguments'],
  on: { instructions: ['ENV'], words: ['proxy'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ENV «https_proxy»=http://proxy.example.org:3128
        COPY tool /usr/local/bin/
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        COPY tool /usr/local/bin/
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { pairs } of model.each('ENV'))
      for (const { key, value } of pairs)
        if (proxyName.test(key.text) && (value?.text ?? '') !== '')
          report({
            at: key,
            message: t('`{0}` is stored in the image; use the predefined build argument', key.text),
          });
  },
});
