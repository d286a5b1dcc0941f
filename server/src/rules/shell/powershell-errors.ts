/** tally powershell/error-action-preference. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Command } from '../../shell/script.ts';
import type { InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const powershell = /^(?:powershell|pwsh)(?:\.exe)?$/i;
const preference = "$ErrorActionPreference = 'Stop';";
/** An assignment that makes PowerShell stop; `Continue` and `SilentlyContinue` do not. */
const stops = /ErrorActionPreference\s*=(?!\s*(?:['"\\]*(?:Silently)?Continue\b))/i;
/** The preference for the whole step, or the parameter for one cmdlet. */
const setsErrorAction = new RegExp(`${stops.source}|-(?:ErrorAction|EA)\\b`, 'i');

export default rule({
  summary: 'Set `$ErrorActionPreference` to `Stop` in PowerShell',
  why: "By default, PowerShell reports an error of a cmdlet and continues, and the step succeeds. After a failed download, for example, the file is missing in the image. `$ErrorActionPreference = 'Stop'` in `SHELL` makes the step fail at the first error.\n\nSteps that set the preference or use `-ErrorAction` are not reported.",
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/powershell/error-action-preference'] },
  links: [
    'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#erroractionpreference',
  ],
  on: { instructions: ['SHELL'], commands: [powershell] },
  examples: [
    {
      bad: dockerfile`
        # escape=\`
        FROM mcr.microsoft.com/windows/servercore:ltsc2025
        «SHELL ["powershell", "-Command"]»
        RUN Expand-Archive C:\tool.zip C:\tool; Remove-Item C:\tool.zip
      `,
      good: dockerfile`
        # escape=\`
        FROM mcr.microsoft.com/windows/servercore:ltsc2025
        SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
        RUN Expand-Archive C:\tool.zip C:\tool; Remove-Item C:\tool.zip
      `,
    },
  ],
  check({ model, report }) {
    checkCalls(model, report);
    const lastWithout = lastRunWithout(model);
    for (const shell of model.each('SHELL')) {
      if (shell.command?.form !== 'exec') continue;
      const { argv } = shell.command;
      if (!powershell.test(argv[0]?.text.replace(/^.*[/\\]/, '') ?? '')) continue;
      const text = model.source.text.slice(shell.span.start, shell.span.end);
      if (stops.test(text)) continue;
      // A later RUN may set the preference itself.
      if (lastWithout(model.stageOf(shell)) < shell.span.start) continue;
      const fix = addToShell(shell);
      report({
        at: shell,
        message: t('PowerShell continues after a cmdlet error, and the step succeeds'),
        ...(fix && { fix }),
      });
    }
  },
});

/** Where the last RUN of a stage starts that does not set the preference itself; -1 if there is none. */
function lastRunWithout({ source: { text } }: Model): (stage: Stage | undefined) => number {
  const known = new Map<Stage, number>();
  return (stage) => {
    if (stage === undefined) return -1;
    const start =
      known.get(stage) ??
      stage.instructions.findLast(
        ({ kind, span }) =>
          kind === 'RUN' && !setsErrorAction.test(text.slice(span.start, span.end)),
      )?.span.start ??
      -1;
    known.set(stage, start);
    return start;
  };
}

/** PowerShell that another shell starts. It returns the failure of a single cmdlet; several need the preference. */
function checkCalls(model: Model, report: Report): void {
  for (const { command, run } of model.commands(powershell)) {
    const written = model.source.text.slice(command.span.start, command.span.end);
    if (!written.includes(';') || setsErrorAction.test(written) || !hasSeveralStatements(command))
      continue;
    const dialect = model.shellAt(run)?.dialect;
    if (dialect === 'powershell') continue;
    const fix = dialect === 'cmd' && run.onbuild !== true ? addToCall(command) : undefined;
    report({
      at: command.name ?? command,
      message: t('PowerShell continues after a cmdlet error, and the step succeeds'),
      ...(fix && { fix }),
    });
  }
}

/** Whether a statement follows a `;` that is not inside a PowerShell string. */
function hasSeveralStatements({ args }: Command): boolean {
  const script = args.map(({ raw }) => raw.replace(/^(["'])(.*)\1$/s, '$2')).join(' ');
  return /;\s*[^\s;]/.test(script.replace(/\\?"[^"]*"|'[^']*'/g, 'x'));
}

function addToCall({ args }: Command): Fix | undefined {
  const at = args.findIndex(({ text }) => /^-c(?:ommand)?$/i.test(text));
  const first = at < 0 ? undefined : args[at + 1];
  if (first === undefined) return undefined;
  const start = first.span.start + (first.raw.startsWith('"') ? 1 : 0);
  return {
    title: t('Add `{0}`', preference),
    edits: [insert(start, `${preference} `)],
    safe: false,
  };
}

/** After `-Command`, before other statements. */
function addToShell({ command }: InstructionOf<'SHELL'>): Fix | undefined {
  if (command?.form !== 'exec') return undefined;
  const { argv } = command;
  const at = argv.findIndex(({ text }) => /^-c(?:ommand)?$/i.test(text));
  const last = argv[at];
  if (last === undefined) return undefined;
  const next = argv[at + 1];
  const edit = next
    ? insert(next.span.start + 1, `${preference} `)
    : insert(last.span.end, `, "${preference}"`);
  return { title: t('Add `{0}`', preference), edits: [edit], safe: false };
}
