/** tally powershell/progress-preference. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const preference = "$ProgressPreference = 'SilentlyContinue';";
const names = ['Invoke-WebRequest', 'iwr', 'invoke-webrequest', 'Invoke-RestMethod', 'Expand-Archive']; // prettier-ignore

export default rule({
  summary: 'Turn off the PowerShell progress bar with `$ProgressPreference`',
  why: "Windows PowerShell updates a progress bar for every few bytes of a download, so the download takes many times longer and the build log fills up. `$ProgressPreference = 'SilentlyContinue'` turns the progress bar off.",
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/powershell/progress-preference'] },
  links: [
    'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#progresspreference',
  ],
  on: {
    commands: [
      'Invoke-WebRequest',
      'iwr',
      'invoke-webrequest',
      'Invoke-RestMethod',
      'Expand-Archive',
    ],
  },
  examples: [
    {
      bad: dockerfile`
        # escape=\`
        FROM mcr.microsoft.com/windows/servercore:ltsc2025
        SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
        RUN «Invoke-WebRequest» -Uri https://example.org/tool.exe -OutFile C:\tool.exe
      `,
      good: dockerfile`
        # escape=\`
        FROM mcr.microsoft.com/windows/servercore:ltsc2025
        SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';"]
        RUN Invoke-WebRequest -Uri https://example.org/tool.exe -OutFile C:\tool.exe
      `,
    },
  ],
  check({ model, report }) {
    const checkedRuns = new Set<Run>();
    for (const { command, run } of model.commands(...names)) {
      if (checkedRuns.has(run) || command.name === undefined) continue;
      checkedRuns.add(run);
      const argv = model.shellAt(run)?.argv ?? [];
      const { text } = model.source;
      const before = `${argv.join(' ')} ${text.slice(run.span.start, command.span.start)}`;
      if (/ProgressPreference/i.test(before) || !/powershell|pwsh/i.test(before)) continue;
      const fix = addToShell(model, run);
      report({
        at: command.name,
        message: t('The PowerShell progress bar slows down `{0}`', command.name.text),
        ...(fix && { fix }),
      });
      return;
    }
  },
});

/** At the end of the SHELL instruction that applies to the step. */
function addToShell(model: Model, run: Run): Fix | undefined {
  const shell = model
    .stageOf(run)
    ?.instructions.findLast(({ kind, span }) => kind === 'SHELL' && span.end <= run.span.start);
  if (shell?.kind !== 'SHELL' || shell.command?.form !== 'exec') return undefined;
  const { argv } = shell.command;
  const last = argv.at(-1);
  if (last === undefined || argv.length < 2) return undefined;
  const isCommand = /^-c(?:ommand)?$/i.test(last.text);
  const edit = isCommand
    ? insert(last.span.end, `, "${preference}"`)
    : insert(last.span.end - 1, `${/;\s*$/.test(last.text) ? '' : ';'} ${preference}`);
  return { title: t('Add `{0}`', preference), edits: [edit], safe: false };
}
