/** BuildKit dockerfile2llb/convert.go, dispatchVolume, which rejects an empty path. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';

export default rule({
  summary: 'Do not use empty variables in `VOLUME`',
  why: 'An unset variable is empty, and an empty path fails the build with `VOLUME specified can not be an empty string`. Set the variable with `ENV`, or give the `ARG` a default.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#volume'],
  on: { instructions: ['VOLUME'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ARG DATA
        VOLUME «$DATA»
      `,
      good: dockerfile`
        FROM alpine:3.22
        ARG DATA=/data
        VOLUME $DATA
      `,
    },
  ],
  check({ model, report }) {
    for (const { args, onbuild } of model.each('VOLUME')) {
      if (onbuild === true) continue;
      for (const word of args) {
        if (word.variables.length === 0 || expandWord(model, word)?.text !== '') continue;
        report({ at: word, message: t('`{0}` is empty; `VOLUME` requires a path', word.text) });
      }
    }
  },
});
