/** References to stages in instructions. */
import type { Instruction, InstructionOf, Run, Word } from '../syntax/tree.ts';
import { span, type Span } from '../text/span.ts';

export interface StageReference {
  readonly instruction: InstructionOf<'COPY'> | InstructionOf<'ADD'> | Run;
  /** As written; variables are not expanded. */
  readonly name: string;
  readonly span: Span;
}

/** The values of `COPY --from` and of `from=` in `RUN --mount`. */
export function stageReferences(instruction: Instruction, text: string): readonly StageReference[] {
  if (instruction.kind === 'RUN') return mountReferences(instruction, text);
  if (instruction.kind !== 'COPY' && instruction.kind !== 'ADD') return [];
  return instruction.flags.flatMap(({ name, value }) =>
    name.text === 'from' && value
      ? [{ instruction, name: value.text, span: spanWithoutQuotes(value) }]
      : [],
  );
}

/** The span of a word without the quotes around it. */
export function spanWithoutQuotes(word: Word): Span {
  const { start, end } = word.span;
  return word.quote === undefined ? word.span : span(start + 1, end - 1);
}

function mountReferences(instruction: Run, text: string): readonly StageReference[] {
  const found: StageReference[] = [];
  for (const { name, value } of instruction.flags) {
    if (name.text !== 'mount' || value === undefined) continue;
    const written = text.slice(value.span.start, value.span.end);
    const from = /(?:^|[,"'])from=([^,"'\s]+)/.exec(written);
    const stage = from?.[1];
    // Here a number is the name of an image, unlike in COPY (Docker 28.5.2).
    if (from === null || stage === undefined || /^\d+$/.test(stage)) continue;
    const end = value.span.start + from.index + from[0].length;
    found.push({ instruction, name: stage, span: span(end - stage.length, end) });
  }
  return found;
}
