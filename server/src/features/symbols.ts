/** The outline of a document: what comes before the first stage, then stages with their instructions. */
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';

export interface OutlineItem {
  readonly name: string;
  readonly kind: 'stage' | 'instruction' | 'variable' | 'property' | 'event';
  readonly detail?: string;
  readonly span: Span;
  /** What is selected when a person goes there; lies in `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineItem[];
}

/** Stages in order; instructions outside them stand beside them. */
export function outline(document: Document): readonly OutlineItem[] {
  const { model, tree } = document;
  const first = model.stages[0]?.from.span.start ?? Infinity;
  return [
    ...tree.instructions
      .filter(({ span }) => span.start < first)
      .map((instruction) => instructionItem(document, instruction)),
    ...model.stages.map((stage) => stageItem(document, stage)),
  ];
}

function stageItem(
  document: Document,
  { from, name, image, index, instructions }: Stage,
): OutlineItem {
  const written = from.image?.text ?? '';
  const last = instructions.at(-1);
  return {
    name: name ?? (written || `${from.keyword.raw} ${index}`),
    kind: 'stage',
    ...(name !== undefined && { detail: image ?? written }),
    span: { start: from.span.start, end: Math.max(from.span.end, last?.span.end ?? 0) },
    selection: (from.name ?? from.image ?? from.keyword).span,
    children: instructions.map((instruction) => instructionItem(document, instruction)),
  };
}

const kinds: Partial<Record<Instruction['kind'], OutlineItem['kind']>> = {
  ARG: 'variable',
  ENV: 'variable',
  LABEL: 'property',
  ONBUILD: 'event',
};

/** The longest that an outline can show beside a keyword. */
const longest = 80;

function instructionItem({ text }: Document, instruction: Instruction): OutlineItem {
  const { keyword, kind, span } = instruction;
  const said = text
    .slice(keyword.span.end, Math.min(span.end, keyword.span.end + 2 * longest))
    .replace(/\s*[\\`]?\s*[\r\n]\s*/g, ' ')
    .trim();
  const detail = said.length > longest ? `${said.slice(0, longest - 1)}…` : said;
  return {
    name: keyword.raw === '' ? kind : keyword.raw,
    kind: kinds[kind] ?? 'instruction',
    ...(detail !== '' && { detail }),
    span,
    selection: keyword.span,
    children: [],
  };
}
