/** github.com/distribution/reference, as BuildKit parses FROM (dockerfile2llb/convert.go: "failed to parse stage name"). */
import { rule } from '../../lint/rule.ts';
import { unknownImage, otherReference } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { expandFromWord } from '../../model/expanded-words.ts';
import { referenceProblem } from '../../lint/checks/image-reference.ts';

export default rule({
  summary: 'Use a valid image reference (`registry/repository:tag@digest`)',
  why: 'An image name in `FROM` or `--from` that does not follow the grammar fails the build with `invalid reference format`. Repository names are lowercase. Tags consist of letters, digits, `_`, `.` and `-`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/cli/docker/image/tag/'],
  on: { parts: unknownImage | otherReference },
  examples: [
    {
      bad: dockerfile`
        FROM «Example/Tool:1.4»
      `,
      good: dockerfile`
        FROM example/tool:1.4
      `,
    },
    {
      note: 'Stage names are case-insensitive, but `FROM` first reads the name as an image reference, which must be lowercase:',
      bad: dockerfile`
        FROM golang:1.26 AS build
        FROM «Build»
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
        FROM build
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, base } of model.stages) {
      const word = from.image;
      // An image that was parsed is valid. BuildKit parses the name of a stage as an image reference first, so it must
      // be lowercase.
      if (word === undefined || word.text === '' || base?.kind === 'image') continue;
      const reference = expandFromWord(model, word);
      if (reference === undefined || isCompletedByBuild(model, word, reference)) continue;
      referenceProblem(word, reference, word.variables.length === 0, report);
    }
    for (const reference of model.references()) {
      const { instruction, name, to } = reference;
      if (to !== undefined || instruction.kind === 'ADD' || instruction.onbuild === true) continue;
      const isIndex = instruction.kind === 'COPY' && /^[+-]?\d+$/.test(name);
      if (isIndex || name === '' || name.includes('$') || model.stageNamed(name)) continue;
      referenceProblem(reference, name, true, report);
    }
  },
});

/** Whether a build argument is expected to complete the name; undeclared variables have a rule of their own. */
function isCompletedByBuild(model: Model, { variables }: Word, reference: string): boolean {
  const declared = variables.some((variable) => model.resolve(variable) !== undefined);
  if (declared) return reference === '' || hasEmptyPart(reference);
  return variables.some(({ operator }) => operator === undefined);
}

/** Whether a part of the reference is empty, because a variable in its place has no value yet. */
function hasEmptyPart(reference: string): boolean {
  return /^[:/@-]|[:/@]$|:[-.]|\/[:/]/.test(reference);
}
