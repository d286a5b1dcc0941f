/** github.com/distribution/reference, as BuildKit parses FROM (dockerfile2llb/convert.go: "failed to parse stage name"). */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { expandedInFrom } from '../../model/expanded-words.ts';
import { referenceProblem } from '../../lint/checks/image-reference.ts';

export default rule({
  summary: 'Name base images as `registry/repository:tag@digest`',
  why: 'Docker refuses a base image whose name does not follow the grammar: repositories are lower case, tags have letters, digits, `_`, `.` and `-`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/cli/docker/image/tag/'],
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
      note: 'A stage is found whatever its casing, but not before its name has been read as that of an image:',
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
      // What has become an image is in order; the name of a stage is read as one first, so it may have no capitals.
      if (word === undefined || word.text === '' || base?.kind === 'image') continue;
      const reference = expandedInFrom(model, word);
      if (reference === undefined || isMeantToBeGiven(model, word, reference)) continue;
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

/** Whether somebody is to give the build argument whose default makes no name; undeclared ones have their own rule. */
function isMeantToBeGiven(model: Model, { variables }: Word, reference: string): boolean {
  const declared = variables.some((variable) => model.resolve(variable) !== undefined);
  if (declared) return reference === '' || isOpen(reference);
  return variables.some(({ operator }) => operator === undefined);
}

/** A part is empty where a variable stands: the reference is meant to be completed by the build. */
function isOpen(reference: string): boolean {
  return /^[:/@-]|[:/@]$|:[-.]|\/[:/]/.test(reference);
}
