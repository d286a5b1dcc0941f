/** BuildKit dockerfile2llb/convert.go, dispatchStopSignal (github.com/moby/sys/signal). */
import { t } from '@vscode/l10n';
import { nearest } from '../../lint/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { expanded } from '../expanded.ts';

const names =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ'.split(
    ' ',
  );

export default rule({
  summary: 'Name a signal that Linux has',
  why: '`STOPSIGNAL` takes a name such as `SIGTERM`, with or without `SIG`, or a number. Docker refuses anything else.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
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
  *check({ model }) {
    for (const instruction of model.each('STOPSIGNAL')) {
      const { args, onbuild } = instruction;
      const [word] = args;
      if (word === undefined || onbuild === true) continue;
      const signal = expanded(model, instruction, word);
      if (signal === undefined || isSignal(signal)) continue;
      const meant = nearest(
        word.text,
        names.map((name) => `SIG${name}`),
      );
      yield {
        at: word,
        message: t('`{0}` is no signal', word.text),
        ...(meant !== undefined && {
          fix: { title: t('Write {0}', meant), edits: [replace(word.span, meant)], safe: false },
        }),
      };
    }
  },
});

function isSignal(text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) > 0 && Number(text) <= 64;
  const name = text.toUpperCase().replace(/^SIG/, '');
  const realTime = /^RTM(?:IN(?:\+(\d+))?|AX(?:-(\d+))?)$/.exec(name);
  if (realTime) return Number(realTime[1] ?? realTime[2] ?? 0) <= 15;
  return names.includes(name);
}
