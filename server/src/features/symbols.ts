/** The outline of a document: instructions before the first stage, then stages with their instructions. */
import { mostInstructions } from '../model/coverage.ts';
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import { firstInstructions } from '../syntax/long-file.ts';
import type { Directive, Instruction } from '../syntax/tree.ts';
import { slice, type Span } from '../text/span.ts';

export interface OutlineItem {
  readonly name: string;
  readonly kind: 'stage' | 'instruction' | 'variable' | 'property' | 'event';
  readonly detail: string | undefined;
  readonly span: Span;
  /** The selected part when navigating to the item; within `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineItem[];
}

/** Stages in order; instructions outside stages are on the same level. */
export function symbols(document: Document): readonly OutlineItem[] {
  const { model, tree } = document;
  const first = model.stages[0]?.from.span.start;
  // All stages are in the part of a long file that the model covers.
  const above =
    first === undefined
      ? tree.instructions
      : firstInstructions(tree, mostInstructions).filter(({ span }) => span.start < first);
  return [
    ...tree.directives.map((directive) => directiveItem(document, directive)),
    ...above.map((instruction) => instructionItem(document, instruction)),
    ...model.stages.map((stage) => stageItem(document, stage)),
  ];
}

function directiveItem({ text }: Document, { span, nameSpan, valueSpan }: Directive): OutlineItem {
  const detail = slice(text, valueSpan);
  return {
    name: slice(text, nameSpan),
    kind: 'property',
    detail: detail === '' ? undefined : detail,
    span: { start: nameSpan.start, end: span.end },
    selection: nameSpan,
    children: none,
  };
}

function stageItem(
  document: Document,
  { from, name, image, index, instructions }: Stage,
): OutlineItem {
  const imageText = from.image?.text ?? '';
  const last = instructions.at(-1);
  return {
    name: name ?? (imageText || `${from.keyword.raw} ${index}`),
    kind: 'stage',
    detail: name === undefined ? undefined : (image ?? imageText),
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

const none: readonly never[] = [];

/** The maximum length of the detail after a keyword. */
const maxDetailLength = 80;

function instructionItem({ text }: Document, instruction: Instruction): OutlineItem {
  const { keyword, kind, span } = instruction;
  const argumentsText = text
    .slice(keyword.span.end, Math.min(span.end, keyword.span.end + 2 * maxDetailLength))
    .replace(/\s*[\\`]?\s*[\r\n]\s*/g, ' ')
    .trim();
  const detail =
    argumentsText.length > maxDetailLength
      ? `${argumentsText.slice(0, maxDetailLength - 1)}…`
      : argumentsText;
  return {
    name: keyword.raw === '' ? kind : keyword.raw,
    kind: kinds[kind] ?? 'instruction',
    detail: detail === '' ? undefined : detail,
    span,
    selection: keyword.span,
    children: none,
  };
}
