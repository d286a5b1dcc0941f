/** Inlay hints: values, names and directories that are defined elsewhere. */
import type { Document } from '../model/document.ts';
import type { Instruction, Word } from '../syntax/tree.ts';
import { contains, type Span } from '../text/span.ts';
import { absolutePath } from '../text/path.ts';
import { lineage } from '../model/lineage.ts';

export interface Hint {
  /** After the text that it explains. */
  readonly offset: number;
  readonly text: string;
  readonly kind: HintKind;
}

export type HintKind = 'fromArguments' | 'baseImages' | 'stageNames' | 'workdir';

/** Which hints are enabled. */
export interface Hints extends Readonly<Record<HintKind, boolean>> {
  /** How many times the same hint is shown: that of a path in each stage, other hints in the file. */
  readonly repeats: number;
}

/** Longer hints are cut off. */
const maxLength = 60;
/** A WORKDIR or FROM at most this many lines above needs no hint. */
const nearLines = 4;

/** The hints in a part of a text, sorted. */
export function inlayHints(document: Document, within: Span, enabled: Hints): readonly Hint[] {
  const { repeats } = enabled;
  const found = [
    ...(enabled.fromArguments ? first(repeats, fromArguments(document)) : []),
    ...(enabled.baseImages ? first(repeats, baseImages(document)) : []),
    ...(enabled.stageNames ? first(repeats, stageNames(document)) : []),
    ...(enabled.workdir ? workdirs(document, within, repeats) : []),
  ];
  return found
    .filter(({ offset, text }) => contains(within, offset) && text !== '')
    .map((hint) => ({ ...hint, text: truncate(hint.text) }))
    .sort((a, b) => a.offset - b.offset);
}

/** The hints without those whose text has been shown often enough above. */
function* first(repeats: number, hints: Iterable<Hint>): Iterable<Hint> {
  const counts = new Map<string, number>();
  for (const hint of hints) {
    const count = (counts.get(hint.text) ?? 0) + 1;
    counts.set(hint.text, count);
    if (count <= repeats) yield hint;
  }
}

function truncate(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}

/** The image of a FROM with variables. */
function* fromArguments({ model }: Document): Iterable<Hint> {
  for (const { from, image } of model.stages) {
    if (!from.image || image === undefined || from.image.variables.length === 0) continue;
    yield { offset: from.image.span.end, text: image, kind: 'fromArguments' };
  }
}

/** The root image of a stage, if its FROM is not nearby. */
function* baseImages({ model, lines }: Document): Iterable<Hint> {
  for (const stage of model.stages) {
    const first = lineage(stage).at(-1);
    const { image } = stage.from;
    if (!first || first === stage || !image || isNear(first.from, stage.from, lines)) continue;
    yield { offset: image.span.end, text: first.image ?? '', kind: 'baseImages' };
  }
}

/** The stage that `--from=0` refers to. */
function* stageNames({ model }: Document): Iterable<Hint> {
  for (const { name, span, to } of model.references()) {
    if (to?.kind !== 'stage' || !/^\d+$/.test(name)) continue;
    yield { offset: span.end, text: to.name ?? to.image ?? '', kind: 'stageNames' };
  }
}

/** The hints of paths in the stages of a part of a text: each stage is read from its start, so that they do not depend on it. */
function* workdirs(document: Document, within: Span, repeats: number): Iterable<Hint> {
  for (const { from, instructions } of document.model.stages) {
    const end = instructions.at(-1)?.span.end ?? from.span.end;
    if (from.span.start > within.end) return;
    if (end >= within.start) yield* first(repeats, stagePaths(document, instructions, within.end));
  }
}

/** The absolute paths of relative WORKDIR, COPY and ADD destinations, if the working directory was not set nearby. */
function* stagePaths(
  document: Document,
  instructions: readonly Instruction[],
  end: number,
): Iterable<Hint> {
  let above: Instruction | undefined;
  for (const instruction of instructions) {
    if (instruction.span.start > end) return;
    const path = relativePath(instruction);
    if (path && !isNear(above, instruction, document.lines))
      yield* pathHint(document, instruction, path);
    if (instruction.kind === 'WORKDIR') above = instruction;
  }
}

function isNear(
  above: Instruction | undefined,
  { span }: Instruction,
  lines: Document['lines'],
): boolean {
  if (!above) return false;
  const between = lines.positionAt(span.start).line - lines.positionAt(above.span.end).line;
  return between <= nearLines;
}

/** The word that is resolved against the working directory. */
function relativePath(instruction: Instruction): Word | undefined {
  if (instruction.kind === 'WORKDIR') return instruction.args[0];
  if (instruction.kind === 'COPY' || instruction.kind === 'ADD') return instruction.target;
  return undefined;
}

function* pathHint({ model }: Document, instruction: Instruction, word: Word): Iterable<Hint> {
  const { workdir } = model.stateAt(instruction);
  const path = model.expand(word)?.text;
  // Windows paths are supported only if they are absolute.
  if (path === undefined || workdir?.startsWith('/') !== true) return;
  if (path === '' || /^(?:\/|\\|[A-Za-z]:)/.test(path)) return;
  const full = absolutePath(path, workdir) ?? path;
  // A trailing slash is kept.
  const text = path.endsWith('/') && full !== '/' ? `${full}/` : full;
  yield { offset: word.span.end, text, kind: 'workdir' };
}
