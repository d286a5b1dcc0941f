/** tally windows/no-stopsignal. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { removeLine } from '../../lint/edits/lines.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Do not use `STOPSIGNAL` for Windows containers',
  why: 'Windows does not have signals. Windows containers are stopped with a shutdown event, so `STOPSIGNAL` has no effect, and the legacy builder rejects it.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/windows/no-stopsignal'] },
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  on: { instructions: ['STOPSIGNAL'] },
  examples: [
    {
      bad: dockerfile`
        FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
        «STOPSIGNAL SIGTERM»
      `,
      good: dockerfile`
        FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('STOPSIGNAL')) {
      if (instruction.onbuild === true || !isOnWindows(model, instruction)) continue;
      report({
        at: instruction,
        message: t('No effect: Windows does not have signals'),
        tag: 'unnecessary',
        fix: { title: t('Remove `{0}`', 'STOPSIGNAL'), edits: [removeLine(model, instruction)] },
      });
    }
  },
});
