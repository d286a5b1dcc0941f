/** Semantic tokens for the commands of a script. */
import { commands } from '../shell/commands.ts';
import type { PlainScript } from '../shell/plain-script.ts';
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
import { isDefinition, isInScript, type Marks } from './marks.ts';

/** Whether a place concerns the requested part of the text. */
export type Touches = (span: Span) => boolean;

/** Everything is concerned. */
export function always(): boolean {
  return true;
}

interface MarkContext {
  readonly text: string;
  readonly dialect: Dialect;
  readonly touches: Touches;
  readonly marks: Marks;
}

/**
 * Marks commands, options, strings, variables and operators. Keywords and comments are not in the tree, but known to
 * the grammar of every editor.
 */
export function scriptMarks(text: string, script: Script, touches: Touches, marks: Marks): void {
  const context: MarkContext = { text, dialect: script.dialect, touches, marks };
  for (const statement of script.statements) statementMarks(context, statement);
  for (const { text: sign, span } of script.separators)
    if (sign !== '\n' && touches(span)) marks.add(span, 'operator', isInScript);
  for (const { command, via } of commands(script)) {
    // Commands run by sudo or env are already marked as arguments, except for their name.
    if (via === 'wrapped') nameMarks(context, command);
    if (via === 'nested') commandMarks({ ...context, touches: always }, command);
  }
}

/** The same marks for a script that is read without its tree. */
export function plainScriptMarks(text: string, { kinds, places }: PlainScript, marks: Marks): void {
  for (let i = 0; i < kinds.length; i++) {
    const [start, end] = [places[2 * i] as number, places[2 * i + 1] as number];
    const kind = kinds[i] as (typeof kinds)[number];
    switch (kind) {
      case 'read': {
        const isInBraces = text[start - 1] === '{';
        marks.addPart(isInBraces ? start - 2 : start - 1, end, 'variable', isInScript);
        if (isInBraces) marks.addPart(end, end + 1, 'variable', isInScript);
        break;
      }
      case 'option':
        optionMark(text.slice(start, end), start, posixOption, marks);
        break;
      case 'assignment':
      case 'prefix':
        marks.addPart(start, end, 'variable', isInScript + isDefinition);
        marks.addPart(end, end + (text[end] === '+' ? 2 : 1), 'operator', isInScript);
        break;
      default:
        marks.addPart(start, end, kind, isInScript);
    }
  }
}

function statementMarks(context: MarkContext, statement: Statement): void {
  const { marks, touches } = context;
  if (!touches(statement.span)) return;
  switch (statement.kind) {
    case 'command':
      commandMarks(context, statement);
      commandSubstitutions(context, statement);
      return;
    case 'chain':
      for (const { span } of statement.operators)
        if (touches(span)) marks.add(span, 'operator', isInScript);
      for (const part of statement.parts) statementMarks(context, part);
      return;
    case 'pipeline':
      pipes(context, statement.parts);
      for (const part of statement.parts) statementMarks(context, part);
      return;
    case 'block':
      blockMarks(context, statement);
  }
}

function blockMarks(context: MarkContext, { words, variable, bodies, redirects }: Block): void {
  for (const word of words) {
    if (!context.touches(word.span)) continue;
    argumentMarks(context, word);
    substitutions(context, word);
  }
  if (variable) context.marks.add(variable.span, 'variable', isInScript + isDefinition);
  for (const body of bodies) statementMarks(context, body);
  for (const redirect of redirects) {
    redirectMarks(context, redirect);
    if (redirect.target) substitutions(context, redirect.target);
    if (redirect.body) substitutions(context, redirect.body);
  }
}

function commandSubstitutions(context: MarkContext, command: Command): void {
  const { name, args, assignments, redirects } = command;
  for (const word of assignments) substitutions(context, word);
  if (name) substitutions(context, name);
  for (const word of args) if (context.touches(word.span)) substitutions(context, word);
  for (const { target, body } of redirects) {
    if (target) substitutions(context, target);
    if (body) substitutions(context, body);
  }
}

/** Marks in a word divide the tokens of the word: all of them are needed even if only the word is concerned. */
function substitutions({ text, dialect, marks }: MarkContext, { scripts }: ShellWord): void {
  if (scripts.length === 0) return;
  const inner: MarkContext = { text, dialect, touches: always, marks };
  for (const statement of scripts) statementMarks(inner, statement);
}

/** The tree does not contain the place of `|`, which is between the parts. */
function pipes({ text, marks }: MarkContext, parts: readonly Statement[]): void {
  for (let i = 1; i < parts.length; i++) {
    const start = parts[i - 1]?.span.end ?? 0;
    const between = text.slice(start, parts[i]?.span.start ?? start);
    const at = between.indexOf('|');
    if (at < 0) continue;
    const end = start + at + (between[at + 1] === '&' ? 2 : 1);
    marks.addPart(start + at, end, 'operator', isInScript);
  }
}

function commandMarks(context: MarkContext, command: Command): void {
  for (const word of command.assignments) assignmentMarks(context, word);
  nameMarks(context, command);
  const isValue = isExpression(context, command.name);
  for (const word of command.args) {
    if (!context.touches(word.span)) continue;
    if (isValue && expressionOperator.test(word.raw))
      context.marks.add(word.span, 'operator', isInScript);
    else argumentMarks(context, word);
  }
  for (const redirect of command.redirects) redirectMarks(context, redirect);
}

/** The operators between values in PowerShell: `-f`, `-eq`, `+=`. */
const expressionOperator =
  /^(?:-(?:f|[ic]?(?:eq|ne|gt|ge|lt|le|(?:not)?(?:like|match|contains|in)|replace|split)|join|and|or|xor|not|is|isnot|as|b(?:and|or|xor|not)|sh[lr])|[-+*/%]?=|[-+*/%]|\.\.)$/i;

/** Whether a statement of PowerShell begins with a value, such as a string or variable, instead of a command. */
function isExpression({ dialect, text }: MarkContext, name: ShellWord | undefined): boolean {
  if (dialect !== 'powershell' || name === undefined || !/^["'$@(\d[]/.test(name.raw)) return false;
  // `& $program` runs what the variable names.
  return !/[&.]\s*$/.test(text.slice(Math.max(0, name.span.start - 3), name.span.start));
}

function nameMarks(context: MarkContext, { name, assignments }: Command): void {
  const { marks, text } = context;
  const assigned = assignments.at(-1)?.span.end;
  if (context.dialect === 'powershell' && name !== undefined && assigned !== undefined) {
    const equals = text.indexOf('=', assigned);
    if (equals >= 0 && equals < name.span.start) marks.addPart(equals, equals + 1, 'operator', isInScript); // prettier-ignore
  }
  if (name !== undefined && isExpression(context, name)) {
    wordMarks(context, name);
    return;
  }
  // `[` looks like punctuation, although it is a command.
  if (!name || name.raw.startsWith('[')) return;
  marks.add(name.span, 'command', isInScript);
  for (const variable of name.variables) variableMarks(text, variable, marks);
}

function assignmentMarks(context: MarkContext, word: ShellWord): void {
  const [whole = '', name = ''] = /^([A-Za-z_]\w*)\+?=/.exec(word.raw) ?? [];
  const { start } = word.span;
  if (whole !== '') {
    const nameEnd = start + name.length;
    context.marks.addPart(start, nameEnd, 'variable', isInScript + isDefinition);
    context.marks.addPart(nameEnd, start + whole.length, 'operator', isInScript);
  }
  wordMarks(context, word);
}

const cmdOption = /^(?:\/|--?)[A-Za-z?][\w-]*/;
const posixOption = /^--?[A-Za-z][\w-]*/;

function argumentMarks(context: MarkContext, word: ShellWord): void {
  const { raw } = word;
  const isCmd = context.dialect === 'cmd';
  if (raw.startsWith('-') || (isCmd && raw.startsWith('/')))
    optionMark(raw, word.span.start, isCmd ? cmdOption : posixOption, context.marks);
  wordMarks(context, word);
}

/** The name of an option, without its value. */
function optionMark(raw: string, start: number, option: RegExp, marks: Marks): void {
  const length = option.exec(raw)?.[0].length ?? 0;
  if (length > 0) marks.addPart(start, start + length, 'flag', isInScript);
}

function redirectMarks(context: MarkContext, { span, operator, target, body }: Redirect): void {
  // A file descriptor may precede it.
  const at = context.text.slice(span.start, span.start + operator.length + 8).indexOf(operator);
  const end = span.start + at + operator.length;
  if (at >= 0 && operator !== '') context.marks.addPart(span.start, end, 'operator', isInScript);
  if (target) wordMarks(context, target);
  // A body may be a script for another shell: only its variables are known.
  for (const variable of body?.variables ?? [])
    variableMarks(context.text, variable, context.marks);
}

function wordMarks(context: MarkContext, word: ShellWord): void {
  quotedMarks(context, word);
  for (const variable of word.variables) variableMarks(context.text, variable, context.marks);
}

/** Quoted strings; substitutions have quotes of their own. */
function quotedMarks({ dialect, marks }: MarkContext, { raw, span, scripts }: ShellWord): void {
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
      marks.add(inner, undefined);
      at = inner.end - span.start - 1;
    } else if (character === escape && quote !== "'") at++;
    else if (quote === '' && isQuote(character, dialect)) {
      quote = character;
      from = at;
    } else if (quote !== '' && character === quote) {
      marks.addPart(span.start + from, span.start + at + 1, 'string', isInScript);
      quote = '';
    }
  }
}

function isQuote(character: string, dialect: Dialect): boolean {
  return character === '"' || (character === "'" && dialect !== 'cmd');
}

/** The operators of `${NAME…}`; a lone colon is one that is being written, or starts a substring. */
const expansionOperator = /(?::?[-+=?]|##?|%%?|\/[/#%]?|\^\^?|,,?|@|:)/y;

/** `$NAME`, and `${NAME…}`: the operator, and the word after it, which belongs to the variable. */
function variableMarks(text: string, { span, nameSpan }: ShellVariable, marks: Marks): void {
  const last = span.end - 1;
  marks.addPart(span.start, nameSpan.end, 'variable', isInScript);
  if (last < nameSpan.end || (text[last] !== '}' && text[last] !== '%')) return;
  expansionOperator.lastIndex = nameSpan.end;
  const operator = text[last] === '}' ? expansionOperator.exec(text)?.[0].length : undefined;
  if (operator === undefined) {
    marks.addPart(last, span.end, 'variable', isInScript);
    return;
  }
  marks.addPart(nameSpan.end, nameSpan.end + operator, 'operator', isInScript);
  marks.addPart(nameSpan.end + operator, span.end, 'variable', isInScript);
}
