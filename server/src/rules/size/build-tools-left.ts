/** Not in other linters. Off: images for building, testing or extending need compilers, and the file does not show which images they are. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { installOf, type Package } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { removedPackages } from '../../programs/removal.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { isForDevelopment } from '../../model/purpose.ts';
import {
  isFollowedBy,
  laterCommand,
  matching,
  type LaterSearch,
} from '../../model/later-commands.ts';
import { isShipped } from '../../model/lineage.ts';

const compilers = /^(?:build-essential|build-base|gcc|g\+\+|gcc-c\+\+|clang|make|cmake|autoconf|automake|ninja-build)$/; // prettier-ignore

const removing = matching(systemManagers, (command) => removedPackages(command) !== undefined);
/** By the argument, such as `-gcc` of apt-get. */
const excluding: LaterSearch = {
  names: systemManagers,
  wordsOf: ({ args }) => args.flatMap(({ text }) => (text.startsWith('-') ? [text] : [])),
};

export default rule({
  summary: 'Do not ship compilers in the final image',
  why: 'Compilers and headers add hundreds of megabytes to the image and help an attacker. Build in another stage and copy the result, or remove the packages in the step that needs them (`apk add --virtual .build … && apk del .build`).\n\nThis rule is off by default, because development images and programs that compile at run time need compilers.',
  severity: 'off',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  on: { commands: systemManagers },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-alpine
        COPY requirements.txt .
        RUN apk add --no-cache «build-base» && \
            pip install --no-cache-dir -r requirements.txt
        CMD ["python", "-m", "app"]
      `,
      good: dockerfile`
        FROM python:3.13-alpine
        COPY requirements.txt .
        RUN apk add --no-cache --virtual .build build-base && \
            pip install --no-cache-dir -r requirements.txt && \
            apk del .build
        CMD ["python", "-m", "app"]
      `,
    },
  ],
  check({ model, report }) {
    if (!startsProgram(model)) return;
    for (const at of model.commands(...systemManagers)) {
      const { stage, command } = at;
      if (stage === undefined || !isShipped(model, stage) || isForDevelopment(stage)) continue;
      const tool = installOf(command)?.packages.find(({ name }) => compilers.test(name));
      if (tool === undefined || isRemoved(model, at, tool)) continue;
      report({ at: tool.word, message: t('`{0}` stays in the final image', tool.name) });
      return;
    }
  },
});

/** Whether the same step removes packages, under this name or another. */
function isRemoved(model: Model, at: CommandAt, { name }: Package): boolean {
  return (
    isFollowedBy(model, at, removing) ||
    laterCommand(model, at, excluding, `-${name}`) !== undefined
  );
}

function startsProgram({ target }: Model): boolean {
  const start = target?.instructions.findLast(({ kind }) => kind === 'CMD' || kind === 'ENTRYPOINT'); // prettier-ignore
  if (start === undefined) return false;
  const words = start.words.map(({ text }) => text.replaceAll(/["[\],]/g, '')).join(' ');
  return !/^(?:\/bin\/|\/usr\/bin\/)?(?:ba|z|a|da)?sh$/.test(words.trim());
}
