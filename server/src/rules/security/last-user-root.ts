/** hadolint DL3002, only for the final image: build stages may run as root (hadolint #405, #1068). */
import { rule } from '../../lint/rule.ts';
import { lastIn } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use root as the last `USER`',
  why: 'A container runs as the user of the last `USER` instruction. If that is root, anyone who compromises the program controls the container and its volumes, and needs only one more vulnerability to control the host. Only the final image is checked; build stages may run as root. Ignore this rule if the entrypoint drops privileges itself.',
  severity: 'info',
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
