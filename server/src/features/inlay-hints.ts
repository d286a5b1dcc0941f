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
export type Hints = Readonly<Record<HintKind, boolean>>;

/** Longer hints are cut off. */
const maxLength = 60;
/** A WORKDIR or FROM at most this many lines above needs no hint. */
const nearLines = 4;

/** The hints in a part of a text, sorted. */
export function inlayHints(document: Document, within: Span, enabled: Hints): readonly Hint[] {
  const found = [
    ...(enabled.fromArguments ? fromArguments(document) : []),
    ...(enabled.baseImages ? baseImages(document) : []),
    ...(enabled.stageNames ? stageNames(document) : []),
    ...(enabled.workdir ? workdirs(document, within) : []),
  ];
  return found
    .filter(({ offset, text }) => contains(within, offset) && text !== '')
    .map((hint) => ({ ...hint, text: truncate(hint.text) }))
    .sort((a, b) => a.offset - b.offset);
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

/** The absolute paths of relative WORKDIR, COPY and ADD destinations, if the working directory was not set nearby. */
function* workdirs(document: Document, within: Span): Iterable<Hint> {
  const { model, lines } = document;
  for (const stage of model.stages) {
    let above: Instruction | undefined;
    for (const instruction of stage.instructions) {
      if (instruction.span.start > within.end) return;
      const path = instruction.span.end >= within.start ? relativePath(instruction) : undefined;
      if (path && !isNear(above, instruction, lines)) yield* pathHint(document, instruction, path);
      if (instruction.kind === 'WORKDIR') above = instruction;
    }
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
