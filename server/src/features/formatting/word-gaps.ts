/** Several spaces between the words of a command, which a POSIX shell reads like one. */
import type { Document } from '../../model/document.ts';
import { heredocScript } from '../../model/scripts.ts';
import type { Command, Script, Statement } from '../../shell/script.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { innermost } from './gaps.ts';
import type { Rows } from './rows.ts';

/** Adds the edits that leave one space between two words on the same line. */
export function addWordGapEdits(
  { text, tree, model }: Document,
  instruction: Instruction,
  { hasReturns }: Rows,
  edits: Edit[],
): void {
  const inner = innermost(instruction);
  const command = commandLineOf(inner);
  if (command?.form !== 'shell') return;
  const { heredocs } = inner;
  const body = inner.kind === 'RUN' ? heredocScript(tree, inner) : undefined;
  if (heredocs.length > 0 && (body === undefined || hasReturns)) return;
  // Most instructions have none, and need no tree.
  const written = body?.text ?? text.slice(command.span.start, command.span.end);
  if (!/\S[ \t]{2,}[^ \t\\`\r\n]/.test(written)) return;
  const script = model.scriptOnce(inner);
  if (script === undefined || !isReadable(script)) return;
  const add = (start: number, end: number): void => {
    // A word may end with an escaped line break: what follows is the indentation of the next line.
    if (text.charAt(start - 1) === '\n') return;
    if (end - start > 1 && /^[ \t]+$/.test(text.slice(start, end)))
      edits.push(replace({ start, end }, ' '));
  };
  for (const statement of script.statements) addInside(statement, add);
}

function isReadable({ dialect, errors }: Script): boolean {
  return (dialect === 'sh' || dialect === 'bash') && errors.length === 0;
}

type Add = (start: number, end: number) => void;

function addInside(statement: Statement, add: Add): void {
  switch (statement.kind) {
    case 'command':
      addBetweenWords(statement, add);
      return;
    case 'pipeline':
    case 'chain':
      for (const part of statement.parts) addInside(part, add);
      return;
    case 'block':
      for (const body of statement.bodies) addInside(body, add);
  }
}

function addBetweenWords({ assignments, name, args, redirects }: Command, add: Add): void {
  const spans: Span[] = [...assignments, ...(name ? [name] : []), ...args, ...redirects].map(
    ({ span }) => span,
  );
  spans.sort((a, b) => a.start - b.start);
  for (const [i, { start }] of spans.entries()) {
    const before = spans[i - 1];
    if (before) add(before.end, start);
  }
}
