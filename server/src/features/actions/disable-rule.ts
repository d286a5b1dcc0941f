import type { Document } from '../../model/document.ts';
import type { Finding } from '../../lint/rule.ts';
import { insert, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { findingsAt, type Action } from './action.ts';

/** For each rule with a finding at a place: a comment that ignores it, in the line above or one already there. */
export function disableRule(
  document: Document,
  place: Span,
  findings: readonly Finding[],
): readonly Action[] {
  const byRule = new Map(findingsAt(place, findings).map((finding) => [finding.rule, finding]));
  return [...byRule.values()].map((finding) => ({
    title: t('Ignore {0} on this line', finding.rule),
    kind: 'quickfix',
    edits: [ignoring(document, finding)],
    fixes: finding,
  }));
}

function ignoring({ tree, text }: Document, { rule, at }: Finding): Edit {
  const instruction = tree.instructions.findLast(({ span }) => span.start <= at.span.start);
  const inside = instruction !== undefined && at.span.start <= instruction.span.end;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (!inside) {
    // Directives count only at the very top, so the comment goes below them.
    const top = lineAfter(text, tree.directives.at(-1)?.span.end);
    return insert(top, `# drydock global ignore=${rule}${newline}`);
  }
  const start = text.lastIndexOf('\n', instruction.span.start - 1) + 1;
  const names = namesAbove(text, start);
  return names === undefined
    ? insert(
        start,
        `${text.slice(start, instruction.span.start)}# drydock ignore=${rule}${newline}`,
      )
    : insert(names, `,${rule}`);
}

/** Behind the names of an ignore comment among the comments right above a line. */
function namesAbove(text: string, lineStart: number): number | undefined {
  for (let end = lineStart - 1; end > 0;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!/^\s*#/.test(line)) return undefined;
    const written = /^\s*#\s*drydock\s+ignore\s*=\s*[\w./-]+(?:\s*,\s*[\w./-]+)*/i.exec(line);
    if (written) return start + written[0].length;
    end = start - 1;
  }
  return undefined;
}

function lineAfter(text: string, offset: number | undefined): number {
  if (offset === undefined) return 0;
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}
