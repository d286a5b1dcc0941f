/** BuildKit dockerfile2llb/convert.go, dispatchStopSignal (github.com/moby/sys/signal). */
import { closestMatch } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';

const names =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  );

export default rule({
  summary: 'Use a valid signal in `STOPSIGNAL`',
  why: '`STOPSIGNAL` takes a signal name such as `SIGTERM`, with or without `SIG`, or a signal number. Anything else fails the build with `invalid signal`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  on: { instructions: ['STOPSIGNAL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        STOPSIGNAL «SIGTREM»
      `,
      good: dockerfile`
        FROM alpine:3.22
        STOPSIGNAL SIGTERM
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('STOPSIGNAL')) {
      const { args, onbuild } = instruction;
      const [word] = args;
      if (word === undefined || onbuild === true) continue;
      const signal = expandWord(model, word)?.text;
      if (signal === undefined || isSignal(signal)) continue;
      const suggestion = closestMatch(
        word.text,
        names.map((name) => `SIG${name}`),
      );
      report({
        at: word,
        message:
          signal === ''
            ? t('`{0}` is empty; `STOPSIGNAL` requires a signal', word.text)
            : t('`{0}` is not a valid signal', signal),
        ...(suggestion !== undefined && {
          fix: {
            title: t('Replace `{0}` with `{1}`', word.text, suggestion),
            edits: [replace(word.span, suggestion)],
            safe: false,
          },
        }),
      });
    }
  },
});

function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, '');
  const [, afterMin, beforeMax] = /^RTM(?:IN\+([1-9]\d*)|AX-([1-9]\d*))$/.exec(name) ?? [];
  if (afterMin !== undefined) return Number(afterMin) <= 15;
  if (beforeMax !== undefined) return Number(beforeMax) <= 14;
  return names.includes(name);
}
