/** Complements hadolint DL3002: an image without `USER` runs as root. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { parseImage } from '../../images/image.ts';
import { lastIn, rootStage } from '../../model/lineage.ts';
import { mayBeWindows, runsOnWindows } from '../../model/windows.ts';
import { dockerfile } from '../../text/dedent.ts';
import { wordHashes } from '../../text/fingerprint.ts';
import { t } from '../../text/translation.ts';
import { correctMisprints } from '../../text/misprints.ts';
import { runsAsRoot } from '../../images/root-images.ts';

export default rule({
  summary: 'Set a non-root user with `USER`',
  why: 'Without `USER`, the program runs as the user of the base image, which is root in most official images. A separate user limits the damage if the program is compromised. Many images include one (`node`, `www-data`); in others, create it with `useradd`. Images that drop privileges with a tool such as `gosu` are not reported.',
  severity: 'info',
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
    if (dropsPrivileges(model, target)) return;
    if (mayBeWindows(model) && runsOnWindows(model, target)) return;
    const start = target.instructions.findLast(
      ({ kind }) => kind === 'CMD' || kind === 'ENTRYPOINT',
    );
    // Such a stage is built to see whether it succeeds, and its image is not run.
    if (start === undefined && checking.test(target.name ?? '')) return;
    report({
      at: start ?? target.from.image ?? target.from,
      message: t('The image runs as root because `USER` is not set'),
    });
  },
});

const checking = /^(?:validate|lint|test|check|verify|bench)(?:[-_].*)?$/i;

function isRoot(stage: Stage): boolean {
  const { base, image: reference } = rootStage(stage);
  const parsed = base?.kind === 'image' ? base : parseImage(correctMisprints(reference ?? ''));
  return parsed !== undefined && runsAsRoot(parsed);
}

const privilegeDroppers = /\b(?:gosu|su-exec|setpriv|runuser|chpst|s6-)/;
const dropperHints = wordHashes('gosu', 'su-exec', 'setpriv', 'runuser', 'chpst', 's6-');

/** Whether the image uses a tool that drops privileges when the container starts. */
function dropsPrivileges(model: Model, { instructions }: Stage): boolean {
  if (!model.mayContain(dropperHints)) return false;
  const { text } = model.tree;
  return instructions.some(
    ({ kind, span }) =>
      (kind === 'CMD' || kind === 'ENTRYPOINT' || kind === 'RUN') &&
      privilegeDroppers.test(text.slice(span.start, span.end)),
  );
}
