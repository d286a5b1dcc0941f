/** tally prefer-canonical-stopsignal; only numbers that are the same on all processors are named. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
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
  summary: 'Write stop signals by their full name',
  why: '`15`, `term` and `SIGTERM` are the same signal, and only the last says which one to whoever does not know the numbers by heart.',
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
      const wanted = fullName(word.text);
      if (wanted === undefined || wanted === word.text || isOnWindows(model, instruction)) continue;
      report({
        at: word,
        message: t('`{0}` is `{1}` by its full name', word.text, wanted),
        fix: { title: t('Write {0}', wanted), edits: [replace(word.span, wanted)] },
      });
    }
  },
});

function fullName(written: string): string | undefined {
  if (/^\d+$/.test(written)) return byNumber[written];
  if (!/^[A-Za-z][A-Za-z\d]*(?:[+-]\d+)?$/.test(written)) return undefined;
  return `SIG${written.toUpperCase().replace(/^SIG/, '')}`;
}
