/** tally no-ungraceful-stopsignal. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Stop with a signal that a program can act on',
  why: '`SIGKILL` and `SIGSTOP` can not be caught: with the first the program is ended in the middle of its work, with the second it is frozen until Docker kills it. `SIGTERM`, the default, lets it finish.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/no-ungraceful-stopsignal'] },
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  on: { instructions: ['STOPSIGNAL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        STOPSIGNAL «SIGKILL»
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
      if (word === undefined || !/^(?:(?:SIG)?(?:KILL|STOP)|9|19)$/i.test(word.text)) continue;
      if (isOnWindows(model, instruction)) continue;
      report({
        at: word,
        message: t('No program can act on `{0}`', word.text),
        fix: {
          title: t('Write {0}', 'SIGTERM'),
          edits: [replace(word.span, 'SIGTERM')],
          safe: false,
        },
      });
    }
  },
});
