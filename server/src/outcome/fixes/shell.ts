/** Corrects syntax of bash in scripts that another shell runs. */
import { systemShellAt } from '../../model/system-shell.ts';
import { isDefaultShell } from '../../model/stage-shells.ts';
import type { CommandAt } from '../../model/model.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { CauseFix } from '../cause.ts';
import { wordSpan, type FailedRun } from '../run/context.ts';
import { insertLine } from './installs.ts';

const bashOnly = new Set([
  '[[',
  'source',
  'shopt',
  'declare',
  'pushd',
  'popd',
  'mapfile',
  'readarray',
  'compgen',
  'function',
  'let',
  'select',
]);

/** For a command that only bash has; empty if it is not one, or the shell is not `/bin/sh`. */
export function bashFixes(run: FailedRun, { command }: CommandAt): readonly CauseFix[] {
  const { name } = command;
  if (name === undefined || !bashOnly.has(name.text)) return [];
  const useBash = bashShellFix(run);
  if (name.text !== 'source') return useBash ? [useBash] : [];
  const dot: CauseFix = {
    title: t('Replace `{0}` with `{1}`', 'source', '.'),
    edits: [replace(wordSpan(name), '.')],
    preferred: true,
  };
  return useBash ? [dot, { ...useBash, preferred: false }] : [dot];
}

/** Sets bash as the shell from the instruction on, if the image has it. */
export function bashShellFix({ document, instruction }: FailedRun): CauseFix | undefined {
  const { model } = document;
  const { shell } = model.stateAt(instruction);
  // Images of Debian and Red Hat have bash, those of Alpine do not.
  const system = systemShellAt(model, instruction, shell.argv[0] ?? '');
  if (!isDefaultShell(shell) || system !== 'dash') return undefined;
  const line = 'SHELL ["/bin/bash", "-c"]';
  return {
    title: t('Add `{0}`', line),
    edits: [insertLine(model, instruction, line)],
    preferred: true,
  };
}
