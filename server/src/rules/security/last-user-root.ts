/** hadolint DL3002, for the image that is shipped: a stage that only builds may well be root (#405, #1068). */
import { rule } from '../../lint/rule.ts';
import { lastIn } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'End with a USER other than root',
  why: 'A container runs as the last `USER`. As root, whoever breaks into the program owns the container, the volumes in it, and with one more mistake the host.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3002'] },
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  on: { instructions: ['USER'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        USER «root»
        CMD ["node", "server.js"]
      `,
      good: dockerfile`
        FROM node:24-slim
        USER node
        CMD ["node", "server.js"]
      `,
    },
  ],
  check({ model: { target }, report }) {
    const [user] = (target && lastIn(target, 'USER')?.args) ?? [];
    if (user && /^(?:root|0)(?::|$)/.test(user.text))
      report({ at: user, message: t('The image runs as `{0}`', user.text) });
  },
});
