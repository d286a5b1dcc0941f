/** BuildKit frontend/dockerfile/linter/linter.go, ParseLintOptions: "invalid check option". */
import { nearest } from '../../text/nearest.ts';
import { rule, type Report } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Give the `check` directive `skip=` and `error=`, with `;` between them',
  why: 'Docker refuses other options. It reads them up to the first blank, so what stands behind a blank is lost.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#check'],
  on: { words: ['check'] },
  examples: [
    {
      bad: dockerfile`
        # check=«skpi=JSONArgsRecommended»;error=true
        FROM node:24-slim
        CMD node server.js
      `,
      good: dockerfile`
        # check=skip=JSONArgsRecommended;error=true
        FROM node:24-slim
        CMD node server.js
      `,
    },
  ],
  check({ model, report }) {
    for (const { name, value, valueSpan } of model.tree.directives) {
      if (name === 'check') problems(value, valueSpan.start, report);
    }
  },
});

const options = ['skip', 'error', 'experimental'];

/** Docker reads them up to the first blank. */
function problems(value: string, start: number, report: Report): void {
  const [read = ''] = value.trim().split(/\s/);
  let at = start + value.length - value.trimStart().length;
  for (const option of read === '' ? [] : read.split(';')) {
    const [, key = option, given] = /^([^=]*)=(.*)$/.exec(option) ?? [];
    const span = { start: at, end: at + option.length };
    at += option.length + 1;
    if (option === '') {
      report({
        at: { span: { start: span.start - 1, end: span.end } },
        message: t('Nothing follows this `;`: Docker reads up to the first blank'),
      });
    } else if (given === undefined || !options.includes(key)) {
      const meant = nearest(key, options);
      report({
        at: { span },
        message: t('`{0}` is no option of `check`; there are `skip=` and `error=`', key),
        ...(given !== undefined &&
          meant !== undefined && {
            fix: {
              title: t('Write {0}', meant),
              edits: [replace({ start: span.start, end: span.start + key.length }, meant)],
              safe: false,
            },
          }),
      });
    } else if (
      key === 'error' &&
      !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(given)
    ) {
      report({ at: { span }, message: t('`error` takes `true` or `false`, not `{0}`', given) });
    }
  }
}
