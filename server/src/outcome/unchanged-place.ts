/** The same place in a document that has changed since the build. */
import type { Document } from '../model/document.ts';
import type { Instruction } from '../syntax/tree.ts';
import { slice, type Span } from '../text/span.ts';
import type { Cause, CauseFix } from './cause.ts';

/**
 * A cause in the text that was built, in the text as it is now. Undefined if the instruction has changed, or if it is not
 * certain which one it is.
 */
export function unchangedPlace(now: Document, built: Document, cause: Cause): Cause | undefined {
  const before = built.tree.instructions.find(({ span }) => isIn(cause.span, span));
  const after = before && sameInstruction(now, built, before);
  if (before === undefined || after === undefined) return undefined;
  const offset = after.span.start - before.span.start;
  const fixes = (cause.fixes ?? []).flatMap((fix) => moved(fix, before.span, offset) ?? []);
  const related = (cause.related ?? []).filter(({ path }) => path !== built.uri);
  return { ...cause, span: shifted(cause.span, offset), fixes, related };
}

function isIn(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function shifted({ start, end }: Span, offset: number): Span {
  return { start: start + offset, end: end + offset };
}

/** Of instructions with equal texts, the one with the same number, if there are as many as before. */
function sameInstruction(
  now: Document,
  built: Document,
  instruction: Instruction,
): Instruction | undefined {
  const text = slice(built.text, instruction.span);
  const before = built.tree.instructions.filter(({ span }) => slice(built.text, span) === text);
  const after = now.tree.instructions.filter(({ span }) => slice(now.text, span) === text);
  return before.length === after.length ? after[before.indexOf(instruction)] : undefined;
}

/** Changes outside the instruction are not made in a text that has changed. */
function moved(fix: CauseFix, span: Span, offset: number): CauseFix | undefined {
  if (fix.path !== undefined) return fix;
  if (!fix.edits.every((edit) => isIn(edit.span, span))) return undefined;
  return {
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, span: shifted(edit.span, offset) })),
  };
}
