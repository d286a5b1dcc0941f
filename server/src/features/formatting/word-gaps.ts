/** Several spaces, or tabs, between the words of a command and around operators, which a POSIX shell reads like one. */
import type { Document } from '../../model/document.ts';
import { heredocScript } from '../../model/scripts.ts';
import { isPosix } from '../../shell/dialect.ts';
import type { Command, Script, ShellWord, Statement } from '../../shell/script.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { innermost } from './gaps.ts';
import { endsLine } from './plain-script.ts';
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
  if (!/\S(?:[ \t]{2,}|\t)[^ \t\\`\r\n]/.test(written)) return;
  const script = model.scriptOnce(inner);
  if (script === undefined || !isReadable(script)) return;
  const add = (start: number, end: number): void => {
    // A word may end with an escaped line break: what follows is the indentation of the next line.
    if (text.charAt(start - 1) === '\n') return;
    const gap = text.slice(start, end);
    if (gap !== ' ' && /^[ \t]+$/.test(gap)) edits.push(replace({ start, end }, ' '));
  };
  const addAround = ({ start, end }: Span, before: number, after: number): void => {
    // An operator at the end of a line may be aligned with those of other lines.
    if (endsLine(text, end)) return;
    add(before, start);
    add(end, after);
  };
  for (const statement of script.statements) addInside(statement, { text, add, addAround });
  for (const [i, { span }] of script.separators.entries()) {
    const next = script.statements[i + 1];
    if (next) add(span.end, next.span.start);
  }
}

function isReadable({ dialect, errors }: Script): boolean {
  return isPosix(dialect) && errors.length === 0;
}

interface Adding {
  readonly text: string;
  readonly add: (start: number, end: number) => void;
  /** Adds the edits before and after an operator, from the end of what is before it to the start of what is after it. */
  readonly addAround: (operator: Span, before: number, after: number) => void;
}

function addInside(statement: Statement, adding: Adding): void {
  switch (statement.kind) {
    case 'command':
      addBetweenWords(statement, adding);
      return;
    case 'pipeline':
    case 'chain':
      for (const [i, part] of statement.parts.entries()) {
        addInside(part, adding);
        const before = statement.parts[i - 1]?.span.end;
        if (before === undefined) continue;
        const operator =
          statement.kind === 'chain'
            ? statement.operators[i - 1]?.span
            : pipeBetween(adding.text, before, part.span.start);
        if (operator) adding.addAround(operator, before, part.span.start);
      }
      return;
    case 'block':
      for (const body of statement.bodies) addInside(body, adding);
  }
}

/** The place of `|` or `|&` between two parts of a pipeline on one line. */
function pipeBetween(text: string, start: number, end: number): Span | undefined {
  const found = /^[ \t]*(\|&?)[ \t]*$/.exec(text.slice(start, end));
  if (found === null) return undefined;
  const at = start + found[0].indexOf('|');
  return { start: at, end: at + (found[1]?.length ?? 0) };
}

function addBetweenWords({ assignments, name, args, redirects }: Command, { add }: Adding): void {
  if (redirects.length === 0) {
    let end: number | undefined;
    const addBefore = ({ span }: ShellWord): void => {
      if (end !== undefined) add(end, span.start);
      ({ end } = span);
    };
    assignments.forEach(addBefore);
    if (name) addBefore(name);
    args.forEach(addBefore);
    return;
  }
  const spans: Span[] = [...assignments, ...(name ? [name] : []), ...args, ...redirects].map(
    ({ span }) => span,
  );
  spans.sort((a, b) => a.start - b.start);
  for (const [i, { start }] of spans.entries()) {
    const before = spans[i - 1];
    if (before) add(before.end, start);
  }
}
