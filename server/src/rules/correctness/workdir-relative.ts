/** BuildKit WorkdirRelativePath: the first WORKDIR of a stage, unless a stage below it set one; hadolint DL3000. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { isFromScratch, lineage, parentStage, rootImage } from '../../model/lineage.ts';
import type { Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';
import { officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Begin with an absolute WORKDIR',
  why: 'A relative path starts where the base image left off, which is its own affair and changes with it. Behind an absolute `WORKDIR` of the file, a relative one is fine.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3000'], buildkit: ['WorkdirRelativePath'] },
  links: ['https://docs.docker.com/reference/build-checks/workdir-relative-path/'],
  on: { instructions: ['WORKDIR'] },
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
    for (const stage of model.stages) {
      const first = stage.instructions.find(({ kind }) => kind === 'WORKDIR');
      if (first?.kind !== 'WORKDIR' || isSetBelow(stage)) continue;
      const [word] = first.args;
      if (word === undefined) continue;
      const path = expanded(model, word)?.text;
      if (path === undefined ? /^[/$]/.test(word.text) : path.startsWith('/')) continue;
      // A build argument is there to say where.
      if (path === '' && word.variables.some((one) => isGiven(model, one))) continue;
      const windows = /^["']?(?:[a-zA-Z]:|\\)/.test(path ?? word.text);
      if (windows && !isLinux(stage)) continue;
      report({
        at: word,
        ...(isPlain(word) && { fix: fromRoot(word) }),
        message: t('`{0}` starts wherever the base image left off', word.raw),
        also:
          windows || word.text.startsWith('$')
            ? ['WorkdirRelativePath']
            : ['DL3000', 'WorkdirRelativePath'],
      });
    }
  },
});

/** Whether a build can give it a value where it stands. */
function isGiven(model: Model, variable: Variable): boolean {
  const binding = model.resolve(variable);
  return binding !== undefined && binding.from !== 'predefined';
}

/** Where the text is a folder's name, and no variable, dot or drive. */
function isPlain({ text, raw }: Word): boolean {
  return text === raw && /^\w[\w./-]*$/.test(text);
}

function fromRoot({ text, span }: Word): Fix {
  return { title: t('Write {0}', `/${text}`), edits: [insert(span.start, '/')], safe: false };
}

function isSetBelow(stage: Stage): boolean {
  return lineage(parentStage(stage)).some(({ instructions }) =>
    instructions.some(({ kind }) => kind === 'WORKDIR'),
  );
}

/** Where a drive letter is no more than a name; of other images nothing is known. */
function isLinux(stage: Stage): boolean {
  const image = rootImage(stage);
  return image === undefined ? isFromScratch(stage) : officialName(image) !== undefined;
}
