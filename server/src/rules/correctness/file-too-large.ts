/** Our own: above a limit no rules are applied, and this is the only finding. */
import { integer, object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { isTooLarge, sizeLimits } from '../../lint/size-limits.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Keep Dockerfiles small enough to be checked',
  why: 'Rules are not applied to Dockerfiles with more than 20,000 instructions or 1,000,000 characters, which are usually generated. Syntax highlighting and formatting still work; completion, navigation and other features cover the first 20,000 instructions.\n\nThe options can lower the limits. Ignore this rule if the file is generated.',
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
  ],
  check({ model, options, report }) {
    const { tree } = model;
    if (!isTooLarge(tree, options)) return;
    const { instructions, characters } = options;
    report({
      at: tree.instructions[0]?.keyword ?? { span: { start: 0, end: 1 } },
      message:
        tree.instructions.length > instructions
          ? t(
              'No other rule is applied: the file has more instructions than the limit of {0}',
              instructions,
            )
          : t(
              'No other rule is applied: the file has more characters than the limit of {0}',
              characters,
            ),
    });
  },
});
