/** tally no-ungraceful-stopsignal. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Do not use `SIGKILL` or `SIGSTOP` as `STOPSIGNAL`',
  why: 'Programs cannot catch `SIGKILL` and `SIGSTOP`. `SIGKILL` ends the program immediately, without a graceful shutdown; `SIGSTOP` only suspends it until Docker kills it. With `SIGTERM`, the default, it can shut down gracefully.',
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
        message: t('`{0}` cannot be caught, so the program cannot shut down gracefully', word.text),
        fix: {
          title: t('Replace `{0}` with `{1}`', word.text, 'SIGTERM'),
          edits: [replace(word.span, 'SIGTERM')],
          safe: false,
        },
      });
    }
  },
});
