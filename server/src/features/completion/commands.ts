/** Commands at the start of RUN. */
import { commandLines } from '../../reference/command-lines.ts';
import { runCommands, type RunCommand } from '../../reference/run-commands.ts';
import { t } from '../../text/translation.ts';
import { pathsOf } from '../stage-paths.ts';
import { baseOf, isOfOtherSystem, isWindowsStage } from './base.ts';
import { plain, type Completion } from './item.ts';
import { atKeyword, type Place } from './place.ts';

/** Commands that start with the typed text, only where a command can start; those for the base image first. */
export function commandNames(place: Place): readonly Completion[] {
  const { document, instruction, typed, word, inComment } = place;
  if (instruction?.kind !== 'RUN' || inComment || atKeyword(place) || !isCommandStart(place))
    return [];
  const { model } = document;
  const stage = model.stageOf(instruction);
  const { name: image, system } = baseOf(stage);
  // The names of its commands are learned from other files.
  if (model.stateAt(instruction).shell.dialect === 'powershell')
    return cmdlets.map((name) => plain(name, word, { kind: 'command' }));
  if (isWindowsStage(stage, document.tree.escape)) return [];
  const files = pathsOf(model, stage, instruction.span.start);
  const candidates = runCommands.filter(
    (one) =>
      (one.system === undefined || one.system === system) &&
      (one.images === undefined || (image !== undefined && one.images.includes(image))) &&
      (one.needs === undefined || files.some((path) => path.endsWith(`/${one.needs ?? ''}`))),
  );
  const hasUpdate = /\bapt(?:-get)? +update\b/.test(
    document.text.slice(instruction.span.start, word.start),
  );
  const ranked = candidates.toSorted((a, b) => rank(a) - rank(b));
  const known = ranked.map(({ name, documentation, system: only }) =>
    plain(hasUpdate ? name.replace(/^apt-get update && /, '') : name, word, {
      kind: 'command',
      detail: t(documentation),
      // Few of the files that the order is learned from are for these systems.
      ...((only === 'arch' || only === 'suse') && { isExpected: true }),
    }),
  );
  const others = commandLines
    .flatMap(({ names, usual }) => (usual ? names.filter((name) => /^[\w-]+$/.test(name)) : names))
    .filter((name) => !isOfOtherSystem(name, system))
    .map((name) => plain(name, word, { kind: 'command' }));
  // Programs that may not be in the image are offered only once a letter is typed.
  return [...known, ...(typed === '' ? [] : others)].filter(({ label }) => label.startsWith(typed));
}

/** Usual commands of PowerShell, most common first. */
const cmdlets =
  'Invoke-WebRequest Expand-Archive Remove-Item New-Item Start-Process Write-Host Set-ItemProperty Copy-Item Move-Item Get-FileHash Install-WindowsFeature Add-WindowsFeature Set-ExecutionPolicy Install-PackageProvider Install-Module Get-ChildItem Get-Content Set-Content Add-Content New-ItemProperty Get-ItemProperty Test-Path Get-Service Stop-Service Start-Service Set-Service Get-WindowsFeature Remove-WindowsFeature Import-Module New-Website Remove-Website Get-Command Get-Item Select-Object Where-Object ForEach-Object Out-Null Out-File Invoke-Expression Invoke-RestMethod Start-Sleep Join-Path choco msiexec setx'.split(
    ' ',
  );

/** Commands for the image first, then those for its system, then the others. */
function rank({ images, system }: RunCommand): number {
  if (images !== undefined) return 0;
  return system === undefined ? 2 : 1;
}

/** Whether a command starts here: after the keyword and flags, an operator, or a shell keyword that opens a list. */
function isCommandStart({
  document: { text },
  instruction,
  word,
  typed,
  inHeredoc,
}: Place): boolean {
  if (instruction === undefined || !/^[\w.-]*$/.test(typed) || typed.startsWith('-')) return false;
  const from = Math.max(
    instruction.keyword.span.end,
    ...instruction.flags.filter(({ span }) => span.end < word.start).map(({ span }) => span.end),
  );
  const before = text.slice(from, word.start);
  if (inHeredoc && /\n[ \t]*$/.test(before)) return !/[\\`]\r?\n[ \t]*$/.test(before);
  const logicalText = before.replace(/[\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*/g, ' ').trimEnd();
  return logicalText === '' || /(?:&&|\|\||[;|({]|(?:^|\s)(?:then|do|else|!))$/.test(logicalText);
}
