/** BuildKit instructions/parse.go, parseBuildStageName; and dockerui/namedcontext.go, which looks for an image of that name. */
import { rule, type Problem } from '../../lint/rule.ts';
import { imageTrouble } from '../../images/image.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Begin stage names with a letter; letters, digits, `-`, `_` and `.` follow',
  why: 'Docker refuses other names. A number would be taken for the index of a stage.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { instructions: ['FROM'] },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS «1st/build»
      `,
      good: dockerfile`
        FROM golang:1.26 AS st-build
      `,
    },
    {
      note: 'A named context could stand in for a stage, so its name must be that of an image, too:',
      bad: dockerfile`
        FROM golang:1.26 AS «build-»
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'stage-name-invalid')) {
      report(problem(trouble, trouble.values[0] ?? ''));
    }
    for (const { from, name } of model.stages) {
      if (from.name === undefined || name === undefined || !isStageName.test(name)) continue;
      if (imageTrouble(name.toLowerCase()) === undefined) continue;
      report(problem(from.name, name));
    }
  },
});

const isStageName = /^[a-z][a-z0-9\-_.]*$/i;

function problem(at: Node, written: string): Problem {
  const name = written
    .toLowerCase()
    .replace(/[^a-z0-9\-_.]+/g, '-')
    .replace(/([-_.])[-_.]+/g, '$1')
    .replace(/^[^a-z]+|[-_.]+$/g, '');
  const better = name === '' ? 'build' : name;
  return {
    at,
    message: t('`{0}` can not be the name of a stage', written),
    fix: {
      title: t('Rename to {0}', better),
      edits: [replace(at.span, better)],
      safe: false,
    },
  };
}
