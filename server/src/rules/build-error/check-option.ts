/** BuildKit frontend/dockerfile/linter/linter.go, ParseLintOptions: "invalid check option". */
import { closestMatch } from '../../text/closest-match.ts';
import { rule, type Report } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use valid options in `# check=`: `skip=` and `error=`',
  why: 'The `check` directive takes the options `skip=`, `error=` and `experimental=`, separated by `;`. Anything else fails the build with `invalid check option`. Docker reads the options up to the first whitespace, so do not put a space after `;`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#check'],
  on: { words: ['check'], signs: [/check\s*=/i] },
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
    for (const { name, value, valueSpan } of model.source.directives) {
      if (name === 'check') checkOptions(value, valueSpan.start, report);
    }
  },
});

const options = ['skip', 'error', 'experimental'];

/** Docker reads the options up to the first whitespace. */
function checkOptions(value: string, start: number, report: Report): void {
  const [text = ''] = value.trim().split(/\s/);
  let at = start + value.length - value.trimStart().length;
  for (const option of text === '' ? [] : text.split(';')) {
    const [, key = option, setting] = /^([^=]*)=(.*)$/.exec(option) ?? [];
    const span = { start: at, end: at + option.length };
    at += option.length + 1;
    if (option === '') {
      report({
        at: { span: { start: span.start - 1, end: span.end } },
        message: t('No option follows this `;`; options end at the first whitespace'),
      });
    } else if (setting === undefined || !options.includes(key)) {
      const suggestion = closestMatch(key, options);
      report({
        at: { span },
        message: t('`{0}` is not a valid `check` option; use `skip=` or `error=`', key),
        ...(setting !== undefined &&
          suggestion !== undefined && {
            fix: {
              title: t('Replace `{0}` with `{1}`', key, suggestion),
              edits: [replace({ start: span.start, end: span.start + key.length }, suggestion)],
              safe: false,
            },
          }),
      });
    } else if (
      key === 'error' &&
      !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(setting)
    ) {
      report({ at: { span }, message: t('`error` must be `true` or `false`, not `{0}`', setting) });
    }
  }
}
