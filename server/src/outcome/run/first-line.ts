/** The place of a failure of which only the instruction is known. */
import type { Span } from '../../text/span.ts';
import type { FailedInstruction } from '../cause.ts';

/** The first line of an instruction, without what continues it. */
export function firstLine({ document }: FailedInstruction, { start, end }: Span): Span {
  const text = document.text.slice(start, end);
  const lineEnd = text.indexOf('\n');
  const line = (lineEnd < 0 ? text : text.slice(0, lineEnd)).trimEnd();
  const shown = lineEnd < 0 ? line : line.replace(/[\\`]$/, '').trimEnd();
  return { start, end: start + Math.max(shown.length, 1) };
}
