import type { Document } from '../../model/document.ts';
import type { Finding } from '../../lint/rule.ts';
import { outerInstructionAt } from '../../syntax/nodes-at.ts';
import { insert, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { findingsAt, type Action } from './action.ts';

/**
 * For each rule with a finding at a place, an action that adds an ignore comment above the instruction or extends an
 * existing one.
 */
export function disableRule(
  document: Document,
  place: Span,
  findings: readonly Finding[],
): readonly Action[] {
  const byRule = new Map(findingsAt(place, findings).map((finding) => [finding.rule, finding]));
  return [...byRule.values()].map((finding) => ({
    title: t('Disable `{0}` for this line (ignore comment)', finding.rule),
    kind: 'quickfix',
    edits: [ignoreEdit(document, finding)],
    fixes: finding,
  }));
}

function ignoreEdit({ tree, text }: Document, { rule, at }: Finding): Edit {
  const instruction = outerInstructionAt(tree, at.span.start);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (instruction === undefined) {
    // Directives are only valid at the top, so the comment is inserted below them.
    const top = lineAfter(text, tree.directives.at(-1)?.span.end);
    return insert(top, `# drydock global ignore=${rule}${newline}`);
  }
  const start = text.lastIndexOf('\n', instruction.span.start - 1) + 1;
  const names = endOfNamesAbove(text, start);
  return names === undefined
    ? insert(
        start,
        `${text.slice(start, instruction.span.start)}# drydock ignore=${rule}${newline}`,
      )
    : insert(names, `,${rule}`);
}

/** The offset after the rule names of an ignore comment directly above a line. */
function endOfNamesAbove(text: string, lineStart: number): number | undefined {
  for (let end = lineStart - 1; end > 0;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!/^\s*#/.test(line)) return undefined;
    const match = /^\s*#\s*drydock\s+ignore\s*=\s*[\w./-]+(?:\s*,\s*[\w./-]+)*/i.exec(line);
    if (match) return start + match[0].length;
    end = start - 1;
  }
  return undefined;
}

function lineAfter(text: string, offset: number | undefined): number {
  if (offset === undefined) return 0;
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}
