/** BuildKit instructions/bflag.go: "unknown flag". */
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { instructionInfo } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use only flags that the instruction has',
  why: 'Docker refuses a flag that it does not know. Names are case-sensitive, and options of a shell command belong behind the command, not behind `RUN`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «--chwon=app» app /app
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --chown=app app /app
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'unknown-flag')) {
      const [written = '', keyword = ''] = trouble.values;
      const names = instructionInfo(keyword)?.flags.map(({ name }) => name) ?? [];
      const meant = nearest(written, names);
      if (meant === undefined) {
        report({
          at: trouble,
          message:
            names.length === 0
              ? t('`{0}` takes no flags, and so no `--{1}`', keyword, written)
              : t('`{0}` has no flag `--{1}`', keyword, written),
        });
        continue;
      }
      const start = trouble.span.start + '--'.length;
      report({
        at: trouble,
        message: t('`{0}` has no flag `--{1}`; did you mean `--{2}`?', keyword, written, meant),
        fix: {
          title: t('Write --{0}', meant),
          edits: [replace({ start, end: start + written.length }, meant)],
          safe: false,
        },
      });
    }
  },
});
