/** The instruction at which a build failed. */
import type { FailedLines } from '../../../contract/build.ts';
import type { Document } from '../model/document.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FailedBuild } from './cause.ts';
import { instructionOfMessage, instructionOnLine, namedLine } from './instructions/syntax.ts';
import { isScriptOf } from './step-text.ts';
import { imageUser, instructionOfStep } from './steps.ts';

export interface FailedAt {
  readonly instruction: Instruction;
  /** The line that the builder names, from 1. */
  readonly line: number | undefined;
}

/** By the lines that the builder reports, by the name of its step, or by its message; undefined if none of them is certain. */
export function failedAt(document: Document, build: FailedBuild): FailedAt | undefined {
  const { failure } = build;
  const named = namedLine(failure.message);
  for (const source of failure.sources) {
    const found = onLines(document, source);
    // The trigger of a base image has the place of FROM.
    const trigger =
      found?.kind === 'FROM' && build.failure.step?.name.includes('] ONBUILD ')
        ? byStep(document, build)
        : undefined;
    if (found) return { instruction: trigger ?? found, line: named ?? source.lines[0]?.start };
  }
  if (named !== undefined) {
    const instruction = instructionOnLine(document, named);
    return instruction && { instruction, line: named };
  }
  const instruction =
    byStep(document, build) ??
    byImage(document, build) ??
    byCommand(document, build) ??
    (failure.step ? undefined : instructionOfMessage(document, failure.message));
  return instruction && { instruction, line: undefined };
}

/** The instruction that contains all lines of a range: each line of it is a range of its own. */
function onLines(document: Document, { lines }: FailedLines): Instruction | undefined {
  const [first] = lines;
  return first && instructionOnLine(document, first.start);
}

function byStep(document: Document, build: FailedBuild): Instruction | undefined {
  const { step } = build.failure;
  return step && instructionOfStep(document, step.name, build);
}

/** Builders read the images of a file before its first step. */
function byImage(document: Document, build: FailedBuild): Instruction | undefined {
  const { step, message } = build.failure;
  const name =
    /^\[internal\] load metadata for (\S+)$/.exec(step?.name ?? '')?.[1] ??
    /failed to resolve source metadata for ([^\s:]+(?::[^\s:]+)?):? /.exec(message)?.[1] ??
    /(?:pull access denied for|manifest for) (\S+?)(?:,| not found)/.exec(message)?.[1];
  return name === undefined ? undefined : imageUser(document, name, build);
}

/** The only RUN whose command the message contains: `process "/bin/sh -c make" did not complete successfully: exit code: 2`. */
function byCommand({ model, tree }: Document, { failure }: FailedBuild): Instruction | undefined {
  const command =
    /^process "(.*)" did not complete successfully/s.exec(failure.message)?.[1] ??
    /executor failed running \[(.*)\]: /s.exec(failure.message)?.[1] ??
    /The command '(.*)' returned a non-zero code/s.exec(failure.message)?.[1];
  if (command === undefined) return undefined;
  const found = model.each('RUN').filter((run) => {
    const { argv } = model.stateAt(run).shell;
    const shell = `${argv.join(' ')} `;
    const script = command.startsWith(shell) ? command.slice(shell.length) : command;
    return run.heredocs.length === 0 && isScriptOf(script, run, tree);
  });
  return found.length === 1 ? found[0] : undefined;
}
