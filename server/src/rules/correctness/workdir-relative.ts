/** BuildKit WorkdirRelativePath: the first WORKDIR of a stage, unless a stage that it is built from sets one; hadolint DL3000. */
import { rule, type Fix } from '../../lint/rule.ts';
import { relativeWorkdir } from '../../lint/parts.ts';
import type { Model, Stage } from '../../model/model.ts';
import { isFromScratch, parentStage, rootImage, StageSearch } from '../../model/lineage.ts';
import type { Instruction, Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Use an absolute path in the first `WORKDIR`',
  why: 'A relative path is resolved against the working directory of the base image, which can change with the image. After an absolute `WORKDIR` in the file, relative ones are not reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3000'], buildkit: ['WorkdirRelativePath'] },
  links: ['https://docs.docker.com/reference/build-checks/workdir-relative-path/'],
  on: { parts: relativeWorkdir },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        WORKDIR «app»
      `,
      good: dockerfile`
        FROM alpine:3.22
        WORKDIR /app
      `,
    },
  ],
  check({ model, report }) {
    const setting = new StageSearch(isWorkdir);
    for (const stage of model.stages) {
      const first = stage.instructions.find(isWorkdir);
      if (first?.kind !== 'WORKDIR' || setting.isIn(parentStage(stage))) continue;
      const [word] = first.args;
      // Another rule reports `~`.
      if (word === undefined || /^~(?:\/|$)/.test(word.text)) continue;
      const path = expandWord(model, word)?.text;
      if (path === undefined ? /^[/$]/.test(word.text) : path.startsWith('/')) continue;
      // A build argument is expected to provide the path.
      if (path === '' && word.variables.some((one) => isDeclared(model, one))) continue;
      const windows = /^["']?(?:[a-zA-Z]:|\\)/.test(path ?? word.text);
      if (windows && !isLinux(stage)) continue;
      report({
        at: word,
        ...(isPlain(word) && { fix: makeAbsolute(word) }),
        message: t('`{0}` is relative to the working directory of the base image', word.raw),
        also:
          windows || word.text.startsWith('$')
            ? ['WorkdirRelativePath']
            : ['DL3000', 'WorkdirRelativePath'],
      });
    }
  },
});

/** Whether the file declares it, so that a build can set it. */
function isDeclared(model: Model, variable: Variable): boolean {
  const binding = model.resolve(variable);
  return binding !== undefined && binding.from !== 'predefined';
}

/** Whether it is a plain path, without variables, leading dots or a drive letter. */
function isPlain({ text, raw }: Word): boolean {
  return text === raw && /^\w[\w./-]*$/.test(text);
}

function makeAbsolute({ text, span }: Word): Fix {
  return {
    title: t('Replace `{0}` with `{1}`', text, `/${text}`),
    edits: [insert(span.start, '/')],
    safe: false,
  };
}

function isWorkdir({ kind }: Instruction): boolean {
  return kind === 'WORKDIR';
}

/** Whether it is known to be a Linux image, where a drive letter has no meaning. */
function isLinux(stage: Stage): boolean {
  const image = rootImage(stage);
  return image === undefined ? isFromScratch(stage) : officialName(image) !== undefined;
}
