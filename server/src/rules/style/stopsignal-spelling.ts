/** tally prefer-canonical-stopsignal, only for numbers that mean the same signal on all processors. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isOnWindows } from '../../model/windows.ts';

const byNumber: Readonly<Record<string, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  6: 'SIGABRT',
  9: 'SIGKILL',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

export default rule({
  summary: 'Use full signal names in `STOPSIGNAL`',
  why: '`15`, `term` and `SIGTERM` are the same signal. The full name is the only form that does not have to be looked up.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-canonical-stopsignal'] },
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  on: { instructions: ['STOPSIGNAL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        STOPSIGNAL «15»
      `,
      good: dockerfile`
        FROM alpine:3.22
        STOPSIGNAL SIGTERM
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('STOPSIGNAL')) {
      const [word] = instruction.args;
      if (word === undefined || word.variables.length > 0) continue;
      const signalName = fullName(word.text);
      if (signalName === undefined || signalName === word.text || isOnWindows(model, instruction))
        continue;
      report({
        at: word,
        message: t('The full name of signal `{0}` is `{1}`', word.text, signalName),
        fix: {
          title: t('Replace `{0}` with `{1}`', word.text, signalName),
          edits: [replace(word.span, signalName)],
        },
      });
    }
  },
});

function fullName(signal: string): string | undefined {
  if (/^\d+$/.test(signal)) return byNumber[signal];
  if (!/^[A-Za-z][A-Za-z\d]*(?:[+-]\d+)?$/.test(signal)) return undefined;
  return `SIG${signal.toUpperCase().replace(/^SIG/, '')}`;
}
