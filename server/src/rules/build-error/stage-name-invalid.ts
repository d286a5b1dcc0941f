/** BuildKit instructions/parse.go, parseBuildStageName; and dockerui/namedcontext.go, which parses the name as an image. */
import { rule, type Problem } from '../../lint/rule.ts';
import { oddName } from '../../lint/parts.ts';
import { imageTrouble } from '../../images/image.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Start stage names with a letter; use letters, digits, `-`, `_` and `.`',
  why: 'Other names fail the build with `invalid name for build stage`. A name cannot start with a digit, because a number in `--from` is the index of a stage.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { parts: oddName },
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
      note: 'A named context can replace a stage, so a stage name must also be a valid image name:',
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
      report(problem(trouble, ...trouble.values));
    }
    for (const { from, name } of model.stages) {
      if (from.name === undefined || name === undefined || !isStageName.test(name)) continue;
      if (imageTrouble(name.toLowerCase()) === undefined) continue;
      report(problem(from.name, name));
    }
  },
});

const isStageName = /^[a-z][a-z0-9\-_.]*$/i;

function problem(at: Node, name: string): Problem {
  const valid = name
    .toLowerCase()
    .replace(/[^a-z0-9\-_.]+/g, '-')
    .replace(/([-_.])[-_.]+/g, '$1')
    .replace(/^[^a-z]+|[-_.]+$/g, '');
  const suggestion = valid === '' ? 'build' : valid;
  return {
    at,
    message: t('`{0}` is not a valid stage name', name),
    fix: {
      title: t('Rename to `{0}`', suggestion),
      edits: [replace(at.span, suggestion)],
      safe: false,
    },
  };
}
