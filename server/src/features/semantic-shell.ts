/** Semantic tokens for the commands of a script. */
import { commands } from '../shell/commands.ts';
import type {
  Block,
  Command,
  Dialect,
  Redirect,
  Script,
  ShellVariable,
  ShellWord,
  Statement,
} from '../shell/script.ts';
import type { Span } from '../text/span.ts';
import type { Mark, TokenType } from './painting.ts';

interface Painter {
  readonly text: string;
  readonly dialect: Dialect;
  readonly marks: Mark[];
}

/**
 * Marks commands, options, strings, variables and operators. Keywords and comments are not in the tree, but known to
 * the grammar of every editor.
 */
export function scriptMarks(text: string, script: Script, marks: Mark[]): void {
  const painter: Painter = { text, dialect: script.dialect, marks };
  for (const statement of script.statements) statementMarks(painter, statement);
  for (const { text: sign, span } of script.separators)
    if (sign !== '\n') marks.push(made(span, 'operator'));
  for (const { command, via } of commands(script)) {
    // Commands run by sudo or env are already marked as arguments, except for their name.
    if (via === 'wrapped') nameMarks(painter, command);
    if (via === 'nested') commandMarks(painter, command);
  }
}

function statementMarks(painter: Painter, statement: Statement): void {
  const { marks } = painter;
  switch (statement.kind) {
    case 'command':
      commandMarks(painter, statement);
      for (const word of wordsOf(statement)) substitutions(painter, word);
      return;
    case 'chain':
      for (const { span } of statement.operators) marks.push(made(span, 'operator'));
      for (const part of statement.parts) statementMarks(painter, part);
      return;
    case 'pipeline':
      pipes(painter, statement.parts);
      for (const part of statement.parts) statementMarks(painter, part);
      return;
    case 'block':
      blockMarks(painter, statement);
  }
}

function blockMarks(painter: Painter, { words, variable, bodies, redirects }: Block): void {
  for (const word of words) {
    argumentMarks(painter, word);
    substitutions(painter, word);
  }
  if (variable) painter.marks.push(made(variable.span, 'variable', true));
  for (const body of bodies) statementMarks(painter, body);
  for (const redirect of redirects) {
    redirectMarks(painter, redirect);
    if (redirect.target) substitutions(painter, redirect.target);
    if (redirect.body) substitutions(painter, redirect.body);
  }
}

function wordsOf({ name, args, assignments, redirects }: Command): readonly ShellWord[] {
  const files = redirects.flatMap(({ target, body }) => [target, body]);
  return [...assignments, name, ...args, ...files].filter((word) => word !== undefined);
}

function substitutions(painter: Painter, { scripts }: ShellWord): void {
  for (const statement of scripts) statementMarks(painter, statement);
}

/** The tree does not contain the place of `|`, which is between the parts. */
function pipes({ text, marks }: Painter, parts: readonly Statement[]): void {
  for (let i = 1; i < parts.length; i++) {
    const start = parts[i - 1]?.span.end ?? 0;
    const between = text.slice(start, parts[i]?.span.start ?? start);
    const at = between.indexOf('|');
    if (at < 0) continue;
    const end = start + at + (between[at + 1] === '&' ? 2 : 1);
    marks.push(made({ start: start + at, end }, 'operator'));
  }
}

function commandMarks(painter: Painter, command: Command): void {
  for (const word of command.assignments) assignmentMarks(painter, word);
  nameMarks(painter, command);
  for (const word of command.args) argumentMarks(painter, word);
  for (const redirect of command.redirects) redirectMarks(painter, redirect);
}

function nameMarks({ marks, text }: Painter, { name }: Command): void {
  // `[` looks like punctuation, although it is a command.
  if (!name || name.raw.startsWith('[')) return;
  marks.push(made(name.span, 'command'));
  for (const variable of name.variables) variableMarks(text, variable, marks);
}

function assignmentMarks(painter: Painter, word: ShellWord): void {
  const [whole = '', name = ''] = /^([A-Za-z_]\w*)\+?=/.exec(word.raw) ?? [];
  const { start } = word.span;
  if (whole !== '') {
    const named = start + name.length;
    painter.marks.push(
      made({ start, end: named }, 'variable', true),
      made({ start: named, end: start + whole.length }, 'operator'),
    );
  }
  wordMarks(painter, word);
}

function argumentMarks(painter: Painter, word: ShellWord): void {
  const option = painter.dialect === 'cmd' ? /^(?:\/|--?)[A-Za-z?][\w-]*/ : /^--?[A-Za-z][\w-]*/;
  const written = option.exec(word.raw)?.[0];
  const { start } = word.span;
  if (written !== undefined)
    painter.marks.push(made({ start, end: start + written.length }, 'flag'));
  wordMarks(painter, word);
}

function redirectMarks(painter: Painter, { span, operator, target, body }: Redirect): void {
  // A file descriptor may precede it.
  const at = painter.text.slice(span.start, span.start + operator.length + 8).indexOf(operator);
  const end = span.start + at + operator.length;
  if (at >= 0 && operator !== '') painter.marks.push(made({ start: span.start, end }, 'operator'));
  if (target) wordMarks(painter, target);
  // A body may be a script for another shell: only its variables are known.
  for (const variable of body?.variables ?? [])
    variableMarks(painter.text, variable, painter.marks);
}

function wordMarks(painter: Painter, word: ShellWord): void {
  quotedMarks(painter, word);
  for (const variable of word.variables) variableMarks(painter.text, variable, painter.marks);
}

/** Quoted strings; substitutions have quotes of their own. */
function quotedMarks({ dialect, marks }: Painter, { raw, span, scripts }: ShellWord): void {
  if (!/["']/.test(raw) || raw.length !== span.end - span.start) return;
  const escape = dialect === 'powershell' ? '`' : dialect === 'cmd' ? '^' : '\\';
  let next = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < raw.length; at++) {
    while ((scripts[next]?.span.end ?? Infinity) <= span.start + at) next++;
    const inner = scripts[next]?.span;
    const character = raw[at] ?? '';
    if (inner && inner.start <= span.start + at) {
      marks.push({ span: inner, type: undefined });
      at = inner.end - span.start - 1;
    } else if (character === escape && quote !== "'") at++;
    else if (quote === '' && isQuote(character, dialect)) {
      quote = character;
      from = at;
    } else if (quote !== '' && character === quote) {
      marks.push(made({ start: span.start + from, end: span.start + at + 1 }, 'string'));
      quote = '';
    }
  }
}

function isQuote(character: string, dialect: Dialect): boolean {
  return character === '"' || (character === "'" && dialect !== 'cmd');
}

/** `$NAME`, and `${NAME…}` without the word after an operator. */
function variableMarks(text: string, { span, nameSpan }: ShellVariable, marks: Mark[]): void {
  const last = span.end - 1;
  marks.push(made({ start: span.start, end: nameSpan.end }, 'variable'));
  if (last >= nameSpan.end && (text[last] === '}' || text[last] === '%'))
    marks.push(made({ start: last, end: span.end }, 'variable'));
}

function made(span: Span, type: TokenType, defines?: true): Mark {
  return defines === undefined
    ? { span, type, inScript: true }
    : { span, type, inScript: true, defines };
}
