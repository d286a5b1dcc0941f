/** What stands between the lines: values, names and folders that are written elsewhere. */
import type { Document } from '../model/document.ts';
import type { Instruction, Word } from '../syntax/tree.ts';
import { contains, type Span } from '../text/span.ts';
import { absolutePath } from '../text/path.ts';
import { lineage } from '../model/lineage.ts';

export interface Hint {
  /** Behind what it explains. */
  readonly offset: number;
  readonly text: string;
  readonly kind: HintKind;
}

export type HintKind = 'fromArguments' | 'baseImages' | 'stageNames' | 'workdir';

/** Which hints are wanted. */
export type Hints = Readonly<Record<HintKind, boolean>>;

/** Longer ones are in the way. */
const longest = 60;
/** A WORKDIR or a FROM so many lines above is still in sight. */
const nearLines = 4;

/** The hints in a part of a text, in order. */
export function inlayHints(document: Document, within: Span, wanted: Hints): readonly Hint[] {
  const found = [
    ...(wanted.fromArguments ? fromArguments(document) : []),
    ...(wanted.baseImages ? baseImages(document) : []),
    ...(wanted.stageNames ? stageNames(document) : []),
    ...(wanted.workdir ? workdirs(document, within) : []),
  ];
  return found
    .filter(({ offset, text }) => contains(within, offset) && text !== '')
    .map((hint) => ({ ...hint, text: shortened(hint.text) }))
    .sort((a, b) => a.offset - b.offset);
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The image of a FROM that is made of variables. */
function* fromArguments({ model }: Document): Iterable<Hint> {
  for (const { from, image } of model.stages) {
    if (!from.image || image === undefined || from.image.variables.length === 0) continue;
    yield { offset: from.image.span.end, text: image, kind: 'fromArguments' };
  }
}

/** The image that a stage goes back to through others, when it is not in sight. */
function* baseImages({ model, lines }: Document): Iterable<Hint> {
  for (const stage of model.stages) {
    const first = lineage(stage).at(-1);
    const { image } = stage.from;
    if (!first || first === stage || !image || isNear(first.from, stage.from, lines)) continue;
    yield { offset: image.span.end, text: first.image ?? '', kind: 'baseImages' };
  }
}

/** What `--from=0` means. */
function* stageNames({ model }: Document): Iterable<Hint> {
  for (const { name, span, to } of model.references()) {
    if (to?.kind !== 'stage' || !/^\d+$/.test(name)) continue;
    yield { offset: span.end, text: to.name ?? to.image ?? '', kind: 'stageNames' };
  }
}

/** Where relative folders of WORKDIR, COPY and ADD are, when what they go on from is not in sight. */
function* workdirs(document: Document, within: Span): Iterable<Hint> {
  const { model, lines } = document;
  for (const stage of model.stages) {
    let above: Instruction | undefined;
    for (const instruction of stage.instructions) {
      if (instruction.span.start > within.end) return;
      const path = instruction.span.end >= within.start ? relativePath(instruction) : undefined;
      if (path && !isNear(above, instruction, lines)) yield* effective(document, instruction, path);
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

/** The word that a working directory is put in front of. */
function relativePath(instruction: Instruction): Word | undefined {
  if (instruction.kind === 'WORKDIR') return instruction.args[0];
  if (instruction.kind === 'COPY' || instruction.kind === 'ADD') return instruction.target;
  return undefined;
}

function* effective({ model }: Document, instruction: Instruction, word: Word): Iterable<Hint> {
  const { workdir } = model.stateAt(instruction);
  const path = model.expand(word)?.text;
  // Of Windows' folders only the whole ones are understood.
  if (path === undefined || workdir?.startsWith('/') !== true) return;
  if (path === '' || /^(?:\/|\\|[A-Za-z]:)/.test(path)) return;
  const full = absolutePath(path, workdir) ?? path;
  // What ends in a slash still does.
  const text = path.endsWith('/') && full !== '/' ? `${full}/` : full;
  yield { offset: word.span.end, text, kind: 'workdir' };
}
