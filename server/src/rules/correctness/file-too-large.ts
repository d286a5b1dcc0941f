/** Our own: above a limit no rules are applied, and this is the only finding. */
import { integer, object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { exceededLimit, sizeLimits, type SizeLimits } from '../../lint/size-limits.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Keep Dockerfiles small enough to be checked',
  why: 'Rules are not applied to Dockerfiles with more than 20,000 instructions, 40,000 variables or 1,000,000 characters, which are usually generated. Each `$`, and each variable that `ARG` or `ENV` declares, counts as a variable. Syntax highlighting and formatting still work; completion, navigation and other features cover the first 20,000 instructions and 40,000 variables.\n\nThe options can lower the limits. Ignore this rule if the file is generated.',
  severity: 'info',
  since: '0.1.0',
  options: object({
    instructions: integer(
      sizeLimits.instructions,
      { minimum: 1, maximum: sizeLimits.instructions },
      'The maximum number of instructions.',
    ),
    characters: integer(
      sizeLimits.characters,
      { minimum: 1, maximum: sizeLimits.characters },
      'The maximum number of characters.',
    ),
    variables: integer(
      sizeLimits.variables,
      { minimum: 1, maximum: sizeLimits.variables },
      'The maximum number of variables that are declared or used.',
    ),
  }),
  examples: [
    {
      options: { instructions: 2 },
      bad: dockerfile`
        «FROM» alpine:3.22
        RUN apk add --no-cache bash
        RUN apk add --no-cache git
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache bash git
      `,
    },
    {
      options: { characters: 30 },
      bad: dockerfile`
        «FROM» alpine:3.22
        COPY generated.txt /generated.txt
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY a /
      `,
    },
    {
      options: { variables: 2 },
      bad: dockerfile`
        «FROM» alpine:3.22
        ARG DIRECTORY=/app
        WORKDIR $DIRECTORY
        COPY a $DIRECTORY
      `,
      good: dockerfile`
        FROM alpine:3.22
        ARG DIRECTORY=/app
        WORKDIR $DIRECTORY
        COPY a .
      `,
    },
  ],
  check({ model, options, report }) {
    const { tree } = model;
    const exceeded = exceededLimit(tree, options);
    if (exceeded === undefined) return;
    report({
      at: tree.instructions[0]?.keyword ?? { span: { start: 0, end: 1 } },
      message: messageFor(exceeded, options[exceeded]),
    });
  },
});

function messageFor(exceeded: keyof SizeLimits, limit: number): string {
  switch (exceeded) {
    case 'instructions':
      return t(
        'No other rule is applied: the file has more instructions than the limit of {0}',
        limit,
      );
    case 'characters':
      return t(
        'No other rule is applied: the file has more characters than the limit of {0}',
        limit,
      );
    case 'variables':
      return t(
        'No other rule is applied: the file has more variables than the limit of {0}',
        limit,
      );
  }
}
