/** tally windows/no-run-mounts. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Do without mounts in steps of Windows',
  why: 'Windows containers are built without `RUN --mount`: the classic builder does not know the flag, and BuildKit mounts nothing there. Copy the files in, and remove them in the step that used them.',
  severity: 'warning',
  since: '0.1.0',
  also: { tally: ['tally/windows/no-run-mounts'] },
  links: ['https://docs.docker.com/build/buildkit/#buildkit-on-windows'],
  on: { instructions: ['RUN'], words: ['mount'] },
  examples: [
    {
      bad: dockerfile`
        FROM mcr.microsoft.com/dotnet/framework/sdk:4.8.1
        RUN «--mount=type=cache,target=C:/packages» nuget restore
      `,
      good: dockerfile`
        FROM mcr.microsoft.com/dotnet/framework/sdk:4.8.1
        RUN nuget restore
      `,
    },
  ],
  check({ model, report }) {
    for (const run of model.each('RUN')) {
      const flag = run.flags.find(({ name }) => name.text === 'mount');
      if (flag === undefined || !isOnWindows(model, run)) continue;
      report({ at: flag, message: t('Nothing is mounted in steps of Windows') });
    }
  },
});
