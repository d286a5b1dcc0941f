/** Where in a Dockerfile a failed build is shown, why it failed, and what can be done. */
import { document as documentOf, type Document } from '../model/document.ts';
import type {
  Cause,
  CauseFix,
  CauseKind,
  FailedBuild,
  FailedInstruction,
  RelatedPlace,
} from './cause.ts';
import { failedAt } from './failed-instruction.ts';
import { copyCause } from './instructions/copy.ts';
import { fromCause } from './instructions/from.ts';
import { mountCause, runFlagCause } from './instructions/mounts.ts';
import { stageCause } from './instructions/stages.ts';
import { chdirCause, userCause, workdirCause } from './instructions/state.ts';
import { syntaxCause } from './instructions/syntax.ts';
import { lastLines, plainLines } from './log.ts';
import { runCause } from './run/cause.ts';
import { firstLine } from './run/first-line.ts';
import { unchangedPlace } from './unchanged-place.ts';

export type { CauseKind, FailedBuild, RelatedPlace, TextFile } from './cause.ts';

/** A change that a fix makes. Offsets are those of the file before all changes. */
export interface FailureEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface FailureFix {
  /** Imperative: `Replace with …`. */
  readonly title: string;
  readonly edits: readonly FailureEdit[];
  /** The file that is changed, as in `ignoreFiles`; absent: the Dockerfile. */
  readonly path?: string;
  /** Whether it is what most people would do. */
  readonly preferred: boolean;
}

export interface FailurePlace {
  readonly kind: CauseKind;
  /** Offsets in the document; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** One sentence in the user's language, without a final period. */
  readonly message: string;
  readonly exitCode?: number;
  /** The end of the output of the step, without terminal sequences. */
  readonly lastLines: readonly string[];
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly FailureFix[];
}

/** The number of lines of output that are shown with a failure. */
const shownLines = 10;

/**
 * The place of a failure in a document. Undefined if the document does not contain what was built, if the failure has no
 * place in it, or if its place is not certain.
 */
export function placeOf(document: Document, build: FailedBuild): FailurePlace | undefined {
  const { failure } = build;
  const built = builtText(build);
  const isSame = built === undefined || built === document.text;
  const source = isSame ? document : documentOf(document.uri, built);
  const lines = plainLines(build.log);
  const found = causeIn(source, build, lines);
  const cause = found && (isSame ? found : unchangedPlace(document, source, found));
  if (cause === undefined) return undefined;
  const exitCode = failure.exitCode ?? exitCodeIn(failure.message);
  return {
    kind: cause.kind,
    start: cause.span.start,
    end: cause.span.end,
    message: cause.message,
    ...(exitCode !== undefined && { exitCode }),
    lastLines: lastLines(lines, shownLines),
    related: cause.related ?? [],
    fixes: (cause.fixes ?? []).filter((fix) => isPossible(document, cause, fix)).map(plainFix),
  };
}

/** The text that the builder read, if it reports that. */
function builtText({ failure }: FailedBuild): string | undefined {
  return failure.sources.find(({ text }) => text !== '')?.text;
}

/** A trigger of ONBUILD is not changed by instructions around it. */
function isPossible({ model }: Document, { span }: Cause, { path, edits }: CauseFix): boolean {
  const instruction = model.instructionAt(span.start);
  if (path !== undefined || instruction?.onbuild !== true) return true;
  const own = instruction.span;
  return edits.every((edit) => own.start <= edit.span.start && edit.span.end <= own.end);
}

function plainFix({ title, edits, path, preferred }: CauseFix): FailureFix {
  return {
    title,
    edits: edits.map(({ span, text }) => ({ start: span.start, end: span.end, text })),
    ...(path !== undefined && { path }),
    preferred,
  };
}

function exitCodeIn(message: string): number | undefined {
  const code = /(?:exit code|returned a non-zero code): (\d+)/.exec(message)?.[1];
  return code === undefined ? undefined : Number(code);
}

function causeIn(
  document: Document,
  build: FailedBuild,
  lines: readonly string[],
): Cause | undefined {
  const { failure } = build;
  const exitCode = failure.exitCode ?? exitCodeIn(failure.message);
  const ofStages = exitCode === undefined ? stageCause(document, build) : undefined;
  if (ofStages) return ofStages;
  const at = failedAt(document, build);
  if (at === undefined) return undefined;
  const failed: FailedInstruction = {
    document,
    instruction: at.instruction,
    build,
    lines,
    exitCode,
  };
  const isStep = failure.step !== undefined && !failure.step.name.startsWith('[internal]');
  const ofInstruction = instructionCause(failed, isStep);
  if (ofInstruction) return ofInstruction;
  if (!isStep) return syntaxCause(document, build, at);
  return {
    kind: 'other',
    span: firstLine(failed, at.instruction.span),
    message: reason(failure.message),
  };
}

/** The builder's own words, without what it was doing. */
function reason(message: string): string {
  const [line = ''] = message.split('\n');
  return line.replace(/^(?:failed to [^:"]+: )+/, '').replace(/\.$/, '');
}

function instructionCause(failed: FailedInstruction, isStep: boolean): Cause | undefined {
  const { instruction } = failed;
  switch (instruction.kind) {
    case 'RUN':
      if (!isStep && failed.exitCode === undefined && !isOfImage(failed))
        return mountCause(failed, instruction);
      return (
        userCause(failed) ??
        chdirCause(failed) ??
        mountCause(failed, instruction) ??
        runFlagCause(failed, instruction) ??
        runCause(failed, instruction)
      );
    case 'COPY':
    case 'ADD':
      return isSyntax(failed) ? undefined : (copyCause(failed, instruction) ?? userCause(failed));
    case 'FROM':
      return isSyntax(failed) ? undefined : fromCause(failed, instruction);
    case 'WORKDIR':
      return userCause(failed) ?? workdirCause(failed, instruction);
    default:
      return triggerCause(failed, isStep);
  }
}

/** The trigger of an ONBUILD runs in the stages that are built from its stage. */
function triggerCause(failed: FailedInstruction, isStep: boolean): Cause | undefined {
  const { instruction } = failed;
  const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
  return trigger && isStep
    ? instructionCause({ ...failed, instruction: trigger }, isStep)
    : undefined;
}

/** A message about how the instruction is written. */
function isSyntax({ build }: FailedInstruction): boolean {
  return /parse error|unknown flag|requires at least|must have|requires (?:exactly|either)/i.test(
    build.failure.message,
  );
}

function isOfImage({ build }: FailedInstruction): boolean {
  return /^\[internal\] load metadata/.test(build.failure.step?.name ?? '');
}
