/** A chain of `&&` as the lines of a heredoc, and back. */
import type { Document } from '../../model/document.ts';
import type { Chain, Script, Statement } from '../../shell/script.ts';
import type { Heredoc, Run } from '../../syntax/tree.ts';
import { replace } from '../../text/edit.ts';
import { slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { openQuotes } from './quoting.ts';
import { indentOf, knowsHeredocs, runAt, unfolded, type Refactoring } from './refactoring.ts';
import { andChain, endsAtFailure, failsAlike, isPosix, prefixOf, setOptions } from './shell.ts';

/** `RUN a && b` → `RUN <<EOF`, `set -e`, `a`, `b`, `EOF`; only where the steps fail in the same way. */
export function toHeredoc(document: Document, place: Span): readonly Refactoring[] {
  const run = runAt(document, place);
  const chain = run && andChain(document, run);
  if (!chain || !knowsHeredocs(document) || !chain.parts.every((part) => failsAlike(part)))
    return [];
  const lines = bodyOf(document, chain);
  const mark = ['EOF', 'END', 'SCRIPT'].find((word) => !lines.includes(word));
  const [first] = chain.parts;
  if (mark === undefined || first === undefined) return [];
  const text = [`${prefixOf(document, run, first)}<<${mark}`, ...lines, mark].join('\n');
  // Blanks behind the end mark would make it no end mark.
  const blanks = /^[ \t]*/.exec(document.text.slice(run.span.end))?.[0].length ?? 0;
  const edit = replace(span(run.span.start, run.span.end + blanks), text);
  return [{ title: t('Write as a heredoc'), kind: 'refactor.rewrite', edits: [edit] }];
}

function bodyOf(document: Document, { parts }: Chain): readonly string[] {
  const lines = endsAtFailure(setOptions(parts[0])) ? [] : ['set -e'];
  let end = parts[0]?.span.start ?? 0;
  for (const part of parts) {
    const gap = document.text.slice(end, part.span.start).split('\n').slice(1);
    lines.push(...gap.map((line) => line.trim()).filter((line) => line.startsWith('#')));
    lines.push(...linesOf(document, part));
    end = part.span.end;
  }
  return lines;
}

/** A step on its lines where it stands on several and no quotes are open between them, else on one. */
function linesOf(document: Document, { span: place }: Statement): readonly string[] {
  const { lines, comments } = unfolded(document, place);
  const { tree, text } = document;
  const keeps =
    tree.escape === '\\' && lines.every((_, i) => !openQuotes(lines.slice(0, i + 1).join('')));
  if (!keeps) return [...comments, lines.join('')];
  const line = text.slice(text.lastIndexOf('\n', place.start - 1) + 1, place.start);
  const deep = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  const shifted = lines.map((one, i) => {
    const blanks = /^[ \t]*/.exec(one)?.[0].length ?? 0;
    const kept = i === 0 ? one : one.slice(Math.min(deep, Math.max(blanks - 4, 0)));
    return i < lines.length - 1 ? `${kept}\\` : kept;
  });
  return [...comments, ...shifted];
}

/** `RUN <<EOF` with `set -e` → `RUN a && b`. */
export function fromHeredoc(document: Document, place: Span): readonly Refactoring[] {
  const run = runAt(document, place);
  const [heredoc, second] = run?.heredocs ?? [];
  const script = run && document.model.script(run);
  if (!run || !heredoc || second || !script || !isPosix(script) || script.errors.length > 0)
    return [];
  if (!isAlone(document, run, heredoc)) return [];
  const rows = rowsOf(document, script, heredoc);
  if (rows === undefined) return [];
  const { escape } = document.tree;
  const indent = `${indentOf(document.text, run)}    `;
  const parts: string[] = [];
  let count = 0;
  for (const { comment, text } of rows) {
    if (comment !== undefined) parts.push(`${indent}${comment}`);
    else
      parts.push(
        count++ === 0 && parts.length === 0 ? text : `${indent}${count > 1 ? '&& ' : ''}${text}`,
      );
  }
  // A comment line ends nothing; every other line but the last is continued.
  const last = parts.length - 1;
  const commented = parts.map((part, i) =>
    i === last || part.trimStart().startsWith('#') ? part : `${part} ${escape}`,
  );
  const head = document.text.slice(run.span.start, heredoc.span.start);
  const opening = rows[0]?.comment === undefined ? '' : `${escape}\n`;
  const edit = replace(run.span, `${head}${opening}${commented.join('\n')}`);
  return [{ title: t('Write as a chain of &&'), kind: 'refactor.rewrite', edits: [edit] }];
}

/** The body itself is the script, and all of the instruction. */
function isAlone({ text }: Document, { span: { end }, command }: Run, heredoc: Heredoc): boolean {
  const { terminator, body } = heredoc;
  if (command?.form !== 'shell' || terminator === undefined || terminator.end !== end) return false;
  const around =
    text.slice(command.span.start, heredoc.span.start) + text.slice(heredoc.span.end, body.start);
  const script = slice(text, body);
  return around.trim() === '' && !script.startsWith('#!') && !script.includes('\r');
}

interface Row {
  readonly text: string;
  readonly comment?: string;
}

/** Steps and comments in order; undefined where a chain would not mean the same. */
function rowsOf(document: Document, script: Script, { body }: Heredoc): readonly Row[] | undefined {
  const { statements } = script;
  const [first, ...others] = statements;
  const isSet = endsAtFailure(setOptions(first));
  const steps = isSet && setOptions(first) === '-e' ? others : statements;
  if (steps.length === 0 || (!isSet && steps.length > 1)) return undefined;
  const rows: Row[] = [];
  let end = body.start;
  for (const [i, statement] of statements.entries()) {
    const comments = commentsIn(document.text.slice(end, statement.span.start));
    end = statement.span.end;
    const step = stepOf(document, statement, i === statements.length - 1);
    if (comments === undefined || step === undefined) return undefined;
    rows.push(...comments);
    if (steps.includes(statement)) rows.push({ text: step });
  }
  const rest = commentsIn(document.text.slice(end, body.end));
  // A comment below the last step would stand below the instruction.
  return rest?.length === 0 ? rows : undefined;
}

/** Nothing but comments and the ends of lines; a comment behind a step comes to stand below it. */
function commentsIn(gap: string): readonly Row[] | undefined {
  const lines = gap.split('\n').map((line) => line.trim().replace(/^;$/, ''));
  if (!lines.every((line) => line === '' || line.startsWith('#'))) return undefined;
  return lines.filter((line) => line !== '').map((comment) => ({ text: '', comment }));
}

function stepOf(
  { text, tree }: Document,
  statement: Statement,
  isLast: boolean,
): string | undefined {
  const written = slice(text, statement.span);
  const chained = statement.kind === 'chain';
  if (chained && (!isLast || statement.operators.some((one) => one.text === '||')))
    return undefined;
  if (!failsAlike(statement) || hasBody(statement)) return undefined;
  const lines = written.split('\n');
  if (lines.length === 1) return /[\\`][ \t]*$/.test(written) ? undefined : written;
  if (tree.escape !== '\\') return undefined;
  const whole = lines.every(
    (line, i) =>
      (i === lines.length - 1 ||
        (line.endsWith('\\') && !openQuotes(lines.slice(0, i + 1).join('\n')))) &&
      (i === 0 || !/^\s*(?:#|$)/.test(line)),
  );
  return whole ? written : undefined;
}

function hasBody(statement: Statement): boolean {
  if (statement.kind !== 'command' && statement.kind !== 'block') return false;
  return statement.redirects.some(({ body }) => body !== undefined);
}
