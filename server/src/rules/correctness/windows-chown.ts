/** tally windows/no-chown-flag. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Leave out `--chown` and `--chmod` on Windows',
  why: 'Windows has no owners and modes in the sense of Linux: the flags are for Linux containers only, and there they are ignored or refused. Rights are set with `icacls` in a `RUN`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/windows/no-chown-flag'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  on: { instructions: ['COPY', 'ADD'], words: ['chown', 'chmod'] },
  examples: [
    {
      bad: dockerfile`
        FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
        COPY «--chown=app» app.exe C:/app/
      `,
      good: dockerfile`
        FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
        COPY app.exe C:/app/
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('COPY', 'ADD')) {
      const flag = instruction.flags.find(({ name }) => /^ch(?:own|mod)$/.test(name.text));
      if (flag === undefined || !isOnWindows(model, instruction)) continue;
      const { text } = model.tree;
      let { end } = flag.span;
      while (text[end] === ' ') end++;
      report({
        at: flag,
        message: t('`--{0}` is for Linux containers only', flag.name.text),
        fix: {
          title: t('Remove it'),
          edits: [remove({ start: flag.span.start, end })],
          safe: false,
        },
      });
    }
  },
});
