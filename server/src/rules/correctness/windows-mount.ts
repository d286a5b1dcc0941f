/** tally windows/no-run-mounts. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Do not use `RUN --mount` for Windows containers',
  why: 'Docker builds Windows containers with the legacy builder by default, which does not support `RUN --mount`. Copy the files instead, and remove them in the step that uses them.\n\nIgnore this rule if the image is built with BuildKit for Windows, which is experimental and supports bind and cache mounts.',
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
      report({
        at: flag,
        message: t('The default builder for Windows containers does not support `RUN --mount`'),
      });
    }
  },
});
