/** BuildKit dockerfile2llb/convert.go, dispatchCopy: "invalid chmod parameter". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';

/** Symbolic modes are supported since Dockerfile 1.14. */
const symbolic =
  /^(?:[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/;

export default rule({
  summary: 'Use a valid octal or symbolic mode in `--chmod`',
  why: '`--chmod` takes octal digits such as `755` or, since Dockerfile 1.14, a symbolic mode such as `u=rwx,go=rx`. Another value fails the build with `invalid chmod parameter`.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chmod'],
  on: { instructions: ['COPY', 'ADD'], words: ['chmod'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY --chmod=«executable» run.sh /usr/local/bin/
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --chmod=755 run.sh /usr/local/bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const { flags, onbuild } of model.each('COPY', 'ADD')) {
      if (onbuild === true) continue;
      for (const { name, value } of flags) {
        if (name.text !== 'chmod' || value === undefined) continue;
        const mode = expandWord(model, value)?.text ?? '';
        const octal = /^[0-7]+$/.test(mode) && parseInt(mode, 8) <= 0o7777;
        if (mode === '' || octal || symbolic.test(mode)) continue;
        report({
          at: value,
          message: t('`{0}` is not a valid mode; use one such as `755` or `u=rwx,go=rx`', mode),
        });
      }
    }
  },
});
