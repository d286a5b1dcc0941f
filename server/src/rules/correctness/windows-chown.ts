/** tally windows/no-chown-flag. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Do not use `--chown` or `--chmod` for Windows containers',
  why: '`--chown` and `--chmod` are not supported when building Windows containers, because Windows does not have the owners and modes of Linux. They are ignored or rejected. Set permissions with `icacls` in a `RUN` instruction.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/windows/no-chown-flag'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown'],
  on: { instructions: ['COPY', 'ADD'], words: ['--chown', '--chmod'] },
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
      const { text } = model.source;
      let { end } = flag.span;
      while (text[end] === ' ') end++;
      report({
        at: flag,
        message: t('`--{0}` is not supported when building Windows containers', flag.name.text),
        fix: {
          title: t('Remove `{0}`', `--${flag.name.text}`),
          edits: [remove({ start: flag.span.start, end })],
          safe: false,
        },
      });
    }
  },
});
