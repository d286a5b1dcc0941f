/** tally powershell/error-action-preference. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Command } from '../../shell/script.ts';
import type { Of } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

const powershell = /^(?:powershell|pwsh)(?:\.exe)?$/i;
const preference = "$ErrorActionPreference = 'Stop';";
/** Where it is told to go on, nothing else will stop it. */
const stops = /ErrorActionPreference\s*=(?!\s*(?:['"\\]*(?:Silently)?Continue\b))/i;
/** For the whole step, or for the cmdlet that matters. */
const saysItself = new RegExp(`${stops.source}|-(?:ErrorAction|EA)\\b`, 'i');

export default rule({
  summary: 'Let PowerShell stop at the first error',
  why: "Left to itself PowerShell reports an error of a cmdlet and goes on, and the step succeeds: a download that failed is missing in the image. `$ErrorActionPreference = 'Stop'` in `SHELL` ends the step.",
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
    calledAlone(model, report);
    for (const shell of model.each('SHELL')) {
      if (shell.command?.form !== 'exec') continue;
      const { argv } = shell.command;
      if (!powershell.test(argv[0]?.text.replace(/^.*[/\\]/, '') ?? '')) continue;
      const text = model.tree.text.slice(shell.span.start, shell.span.end);
      if (stops.test(text)) continue;
      // A later RUN may say it itself.
      const stage = model.stageOf(shell);
      const says = stage?.instructions.filter(
        ({ kind, span }) => kind === 'RUN' && span.start > shell.span.start,
      );
      const unsaid = says?.some(
        ({ span }) => !saysItself.test(model.tree.text.slice(span.start, span.end)),
      );
      if (unsaid !== true) continue;
      const fix = withPreference(shell);
      report({
        at: shell,
        message: t('PowerShell goes on after an error of a cmdlet'),
        ...(fix && { fix }),
      });
    }
  },
});

/** From another shell. Of a single cmdlet PowerShell hands the failure on; several need the preference. */
function calledAlone(model: Model, report: Report): void {
  for (const { command, run } of model.commands(powershell)) {
    const said = model.tree.text.slice(command.span.start, command.span.end);
    if (!said.includes(';') || saysItself.test(said) || !isSeveral(command)) continue;
    const { dialect } = model.stateAt(run).shell;
    if (dialect === 'powershell') continue;
    const fix = dialect === 'cmd' && run.onbuild !== true ? inCall(command) : undefined;
    report({
      at: command.name ?? command,
      message: t('PowerShell goes on after an error of a cmdlet'),
      ...(fix && { fix }),
    });
  }
}

/** Something behind a `;` that stands in no string of PowerShell. */
function isSeveral({ args }: Command): boolean {
  const script = args.map(({ raw }) => raw.replace(/^(["'])(.*)\1$/s, '$2')).join(' ');
  return /;\s*[^\s;]/.test(script.replace(/\\?"[^"]*"|'[^']*'/g, 'x'));
}

function inCall({ args }: Command): Fix | undefined {
  const at = args.findIndex(({ text }) => /^-c(?:ommand)?$/i.test(text));
  const first = at < 0 ? undefined : args[at + 1];
  if (first === undefined) return undefined;
  const start = first.span.start + (first.raw.startsWith('"') ? 1 : 0);
  return {
    title: t('Add {0}', preference),
    edits: [insert(start, `${preference} `)],
    safe: false,
  };
}

/** Behind `-Command`, in front of other settings. */
function withPreference({ command }: Of<'SHELL'>): Fix | undefined {
  if (command?.form !== 'exec') return undefined;
  const { argv } = command;
  const at = argv.findIndex(({ text }) => /^-c(?:ommand)?$/i.test(text));
  const last = argv[at];
  if (last === undefined) return undefined;
  const next = argv[at + 1];
  const edit = next
    ? insert(next.span.start + 1, `${preference} `)
    : insert(last.span.end, `, "${preference}"`);
  return { title: t('Add {0}', preference), edits: [edit], safe: false };
}
