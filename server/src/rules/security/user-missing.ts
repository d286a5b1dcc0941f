/** Complements hadolint DL3002: an image without `USER` runs as root. */
import { rule } from '../../lint/rule.ts';
import { start } from '../../lint/parts.ts';
import type { Model, Stage } from '../../model/model.ts';
import { parseImage, type Image } from '../../images/image.ts';
import type { Kind } from '../../syntax/tree.ts';
import { lastIn, rootStage } from '../../model/lineage.ts';
import { isForDevelopment } from '../../model/purpose.ts';
import {
  isInteractive,
  requiresRoot,
  runsTests,
  setsUser,
  startWords,
} from '../../model/start-commands.ts';
import { mayBeWindows, runsOnWindows } from '../../model/windows.ts';
import { dockerfile } from '../../text/dedent.ts';
import { wordHashes } from '../../text/fingerprint.ts';
import { t } from '../../text/translation.ts';
import { correctMisprints } from '../../text/misprints.ts';
import { runsAsRoot, startsService } from '../../images/root-images.ts';

export default rule({
  summary: 'Set a non-root user with `USER`',
  why: 'Without `USER`, the program runs as the user of the base image, which is root in most official images. A separate user limits the damage if the program is compromised. Many images include one (`node`, `www-data`); in others, create it with `useradd`. Images that drop privileges with a tool such as `gosu` are not reported.\n\nThe rule reports images that run a program. It does not report images that others are built on or work in: those that start nothing, a shell, an interpreter or tests, those with `ONBUILD`, and stages for development. It also does not report programs that require root, such as `sshd`, `dockerd` and `systemd`.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  on: { parts: start },
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
    if (target === undefined || (model.each('USER').length > 0 && lastIn(target, 'USER'))) return;
    const base = rootImageOf(target);
    if (
      base === undefined ||
      !runsAsRoot(base) ||
      isForDevelopment(target) ||
      !startsProgram(target, base)
    )
      return;
    if (dropsPrivileges(model, target)) return;
    if (mayBeWindows(model) && runsOnWindows(model, target)) return;
    const start = target.instructions.findLast(
      ({ kind }) => kind === 'CMD' || kind === 'ENTRYPOINT',
    );
    report({
      at: start ?? target.from.image ?? target.from,
      message: t('The image runs as root because `USER` is not set'),
    });
  },
});

function rootImageOf(stage: Stage): Image | undefined {
  const { base, image } = rootStage(stage);
  if (base?.kind === 'image') return base;
  return image === undefined ? undefined : parseImage(correctMisprints(image));
}

/**
 * Whether the image is made to run one program that could have a user of its own. Images that start nothing or a shell
 * are the base of others, or people and CI jobs work in them.
 */
function startsProgram(stage: Stage, base: Image): boolean {
  if (stage.instructions.some(({ kind }) => kind === 'ONBUILD')) return false;
  if (lastIn(stage, 'CMD') === undefined && lastIn(stage, 'ENTRYPOINT') === undefined)
    return startsService(base) || serviceKinds.some((kind) => lastIn(stage, kind) !== undefined);
  const words = startWords(stage);
  return !(isInteractive(words) || requiresRoot(words) || setsUser(words) || runsTests(words));
}

/** With these, the image runs a service whose command is given elsewhere, for example in a Compose file. */
const serviceKinds: readonly Kind[] = ['EXPOSE', 'HEALTHCHECK'];

const privilegeDroppers = /\b(?:gosu|su-exec|setpriv|runuser|chpst|s6-)/;
const dropperHints = wordHashes('gosu', 'su-exec', 'setpriv', 'runuser', 'chpst', 's6-');

/** Whether the image uses a tool that drops privileges when the container starts. */
function dropsPrivileges(model: Model, { instructions }: Stage): boolean {
  if (!model.mayContain(dropperHints)) return false;
  const { text } = model.source;
  return instructions.some(
    ({ kind, span }) =>
      (kind === 'CMD' || kind === 'ENTRYPOINT' || kind === 'RUN') &&
      privilegeDroppers.test(text.slice(span.start, span.end)),
  );
}
