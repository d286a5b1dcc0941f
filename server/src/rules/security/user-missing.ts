/** Our own, beside hadolint DL3002: an image that never says who runs it is run by root. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { image } from '../../images/image.ts';
import { lastIn, rootStage } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { anyOf } from '../../text/fingerprint.ts';
import { t } from '../../text/translated.ts';
import { corrected } from '../../text/misprints.ts';
import { officialName } from '../../images/releases.ts';

/** Official images whose user is root, as they are built in 2026. */
const runAsRoot =
  'almalinux alpine amazonlinux archlinux buildpack-deps bun centos debian eclipse-temurin elixir erlang fedora golang gradle httpd maven nginx node openjdk oraclelinux perl php python rockylinux ruby rust tomcat ubuntu'.split(
    ' ',
  );

export default rule({
  summary: 'Say with USER who runs the image',
  why: 'Without `USER` the program runs as root, like in the base image. A user of its own keeps a break-in small; many images bring one (`node`, `nobody`), others need a `useradd`.',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY server.js .
        «CMD ["node", "server.js"]»
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY server.js .
        USER node
        CMD ["node", "server.js"]
      `,
    },
  ],
  check({ model, report }) {
    const { target } = model;
    if (target === undefined || lastIn(target, 'USER') || !isRoot(target)) return;
    if (changesUser(model, target)) return;
    const start = target.instructions.findLast(
      ({ kind }) => kind === 'CMD' || kind === 'ENTRYPOINT',
    );
    report({
      at: start ?? target.from.image ?? target.from,
      message: t('The image runs as root: no `USER` says otherwise'),
    });
  },
});

function isRoot(stage: Stage): boolean {
  const { base, image: reference } = rootStage(stage);
  const parsed = base?.kind === 'image' ? base : image(corrected(reference ?? ''));
  const name = parsed && officialName(parsed);
  return name !== undefined && runAsRoot.includes(name);
}

const dropsRights = /\b(?:gosu|su-exec|setpriv|runuser|chpst|s6-)/;
const some = anyOf('gosu', 'su-exec', 'setpriv', 'runuser', 'chpst', 's6-');

/** An entry point that drops its rights knows what it does. */
function changesUser(model: Model, { instructions }: Stage): boolean {
  if (!model.mayHave(some)) return false;
  const { text } = model.tree;
  return instructions.some(
    ({ kind, span }) =>
      (kind === 'CMD' || kind === 'ENTRYPOINT' || kind === 'RUN') &&
      dropsRights.test(text.slice(span.start, span.end)),
  );
}
