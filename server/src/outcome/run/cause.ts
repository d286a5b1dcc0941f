/** Why a RUN failed: what its output says, then the command that the shell printed last, then the exit code. */
import type { Run } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import type { Cause, FailedInstruction } from '../cause.ts';
import { failedRun, type FailedRun } from './context.ts';
import { firstLine } from './first-line.ts';
import { silentFailure } from './exit-codes.ts';
import { fileTrouble } from './files.ts';
import { curlTrouble, gitTrouble, wgetTrouble } from './network.ts';
import { engineFindsNothing, shellFindsNothing } from './not-found.ts';
import { packageMissing } from './packages.ts';
import { projectTrouble, scriptTrouble } from './project.ts';
import {
  argumentTrouble,
  failed,
  innerTrouble,
  optionTrouble,
  shellOptionTrouble,
  signalTrouble,
  spokenTrouble,
} from './programs.ts';
import type { LineReader, RunCause } from './reader.ts';
import { scriptSyntax } from './script-syntax.ts';
import { signalMessage } from './signals.ts';
import { dataTrouble, systemTrouble } from './system.ts';
import { tracedCommand } from './trace.ts';

/** Readers that find the exact word. */
const exact: readonly LineReader[] = [
  engineFindsNothing,
  shellFindsNothing,
  scriptSyntax,
  packageMissing,
  argumentTrouble,
  curlTrouble,
  wgetTrouble,
  gitTrouble,
  shellOptionTrouble,
  optionTrouble,
  fileTrouble,
];

/** Readers that find the command, and why it failed. */
const rough: readonly LineReader[] = [
  signalTrouble,
  innerTrouble,
  projectTrouble,
  dataTrouble,
  systemTrouble,
];

/** Readers that find the command only. */
const vague: readonly LineReader[] = [spokenTrouble, scriptTrouble];

/** The number of lines before the end in which a message is searched. */
const mostLines = 1000;

/** The place of a failure in a RUN; its first line if nothing more is known. */
export function runCause(failure: FailedInstruction, instruction: Run): Cause {
  const run = failedRun(failure, instruction);
  const traced = tracedCommand(run);
  if (traced) {
    const narrowed = { ...run, fatal: traced.commands };
    const after = { ...narrowed, lines: run.lines.slice(traced.index + 1) };
    return (
      fromOutput(after) ??
      // The output of a program can come before the line that the shell printed.
      fromOutput(narrowed) ??
      silentFailure(after) ?? {
        kind: 'exit',
        span: traced.at.command.span,
        message: failed(run, traced.at),
      }
    );
  }
  const silent = silentFailure(run);
  return fromOutput(run) ?? (silent && upstream(run, silent)) ?? wholeInstruction(run);
}

function fromOutput(run: FailedRun): RunCause | undefined {
  const found = search(run, exact) ?? search(run, rough) ?? search(run, vague);
  return found && upstream(run, found);
}

function search(run: FailedRun, readers: readonly LineReader[]): RunCause | undefined {
  const { lines } = run;
  for (let i = lines.length - 1; i >= Math.max(0, lines.length - mostLines); i--) {
    const line = lines[i];
    if (line === undefined || line === '') continue;
    for (const read of readers) {
      const found = read(run, line, i);
      if (found) return found;
    }
  }
  return undefined;
}

/** In `curl … | tar x`, tar fails because curl did. */
function upstream(run: FailedRun, found: RunCause): RunCause {
  const pipeline = found.at?.ancestors.findLast(({ kind }) => kind === 'pipeline');
  if (pipeline === undefined || found.at === undefined) return found;
  const { start } = found.at.command.span;
  const earlier = run.commands.filter(
    ({ command }) => pipeline.span.start <= command.span.start && command.span.end <= start,
  );
  return earlier.length === 0 ? found : (search({ ...run, fatal: earlier }, exact) ?? found);
}

function wholeInstruction(run: FailedRun): Cause {
  const { exitCode, instruction } = run;
  const signal = exitCode === undefined ? undefined : signalMessage(exitCode, 'RUN');
  const message =
    signal ??
    (exitCode === undefined ? t('RUN failed') : t('RUN failed with exit code {0}', exitCode));
  return {
    kind: exitCode === 137 ? 'memory' : 'exit',
    span: firstLine(run, instruction.span),
    message,
  };
}
