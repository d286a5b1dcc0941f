/**
 * Every place where a script reads, assigns or names a variable, in the order in which the shell meets them, and in which
 * part of the script each of them applies.
 */
import { CommandNode } from './command-node.ts';
import { nameEnd } from '../text/name-end.ts';
import { Uses } from './use-list.ts';
import { nestedScript, wrappedCommand, mayRunCommand } from './wrappers.ts';
import { nameOf } from './commands.ts';
import { namedVariables, type UseKind } from './variable-commands.ts';
import type { Command, Dialect, Redirect, ShellVariable, ShellWord, Statement } from './script.ts';
import type { Span } from '../text/span.ts';

/** A part of a script that has variables of its own, or a copy of those outside. */
export interface Region {
  /** A program is another shell, which has only the environment; a subshell changes only its copy. */
  readonly kind: 'script' | 'function' | 'subshell' | 'program';
  readonly parent: Region | undefined;
  /** The names that a function declares as its own. */
  readonly locals: ReadonlySet<string>;
}

export interface VariableUse {
  readonly name: string;
  /** The place of the name. */
  readonly span: Span;
  readonly kind: UseKind;
  readonly region: Region;
  /** Where the value begins to apply: after the word that assigns it. */
  readonly from: number;
  /** The place of the value that is assigned, as written; undefined if it is not a word of the script. */
  readonly value?: Span | undefined;
  /** The expansion, if it is one. */
  readonly variable?: ShellVariable | undefined;
  /** In PowerShell, whether it is `$env:NAME`, which is another variable than `$NAME`. */
  readonly isEnvironment?: boolean | undefined;
}

interface Walk {
  readonly uses: Uses<VariableUse>;
  readonly dialect: Dialect | undefined;
  /** The right side of an assignment in a pipe of PowerShell goes on after its first part. */
  readonly inPipe: boolean;
}

/** The uses of all variables. The statements may be a single command without a script, as in exec form. */
export function variableUses(
  statements: readonly Statement[],
  dialect: Dialect | undefined,
): readonly VariableUse[] {
  const walk: Walk = { uses: new Uses(), dialect, inPipe: false };
  const script = regionIn(undefined, 'script');
  for (const statement of statements) visit(walk, statement, script);
  return walk.uses.list;
}

const noLocals: Region['locals'] = new Set();

function regionIn(parent: Region | undefined, kind: Region['kind']): Region {
  return { kind, parent, locals: kind === 'function' ? new Set() : noLocals };
}

function visit(walk: Walk, statement: Statement, region: Region): void {
  switch (statement.kind) {
    case 'command':
      visitCommand(walk, statement, region);
      return;
    case 'pipeline': {
      // Each part of a pipe runs in a process of its own, but not in PowerShell.
      const inPipe = statement.parts.length > 1;
      const isSplit = inPipe && walk.dialect !== 'powershell';
      for (const part of statement.parts)
        visit({ ...walk, inPipe }, part, isSplit ? regionIn(region, 'subshell') : region);
      return;
    }
    case 'chain':
      for (const part of statement.parts) visit(walk, part, region);
      return;
    case 'block': {
      const { opener, words, bodies, redirects, variable } = statement;
      const inner =
        opener === 'subshell' || opener === 'function' ? regionIn(region, opener) : region;
      for (const word of words) visitWord(walk, word, region);
      if (opener === 'test') visitTest(walk, statement.words, region);
      if (variable) addName(walk, { word: variable, name: variable.text, kind: 'loop' }, inner);
      for (const body of bodies) visit(walk, body, inner);
      visitRedirects(walk, redirects, region);
    }
  }
}

/** `[[ -v NAME ]]` */
function visitTest(walk: Walk, words: readonly ShellWord[], region: Region): void {
  words.forEach((word, index) => {
    if (words[index - 1]?.text === '-v')
      addName(walk, { word, name: word.text, kind: 'mention' }, region);
  });
}

function visitCommand(walk: Walk, command: Command, region: Region): void {
  const { assignments, name, args, redirects } = command;
  if (walk.dialect === 'powershell') addPowershellAssignment(walk, command, region);
  // Without a command, the assignments are those of the script; otherwise, they are the environment of the command.
  const kind = name === undefined ? 'assignment' : 'prefix';
  for (const word of assignments) {
    if (walk.dialect !== 'powershell') addAssignment(walk, word, kind, region);
    visitWord(walk, word, region);
  }
  if (name) visitWord(walk, name, region);
  const commandName = nameOf(command) ?? '';
  const named = namedVariables(commandName, args, walk.dialect);
  for (const word of args) visitWord(walk, word, region);
  for (const { word, kind, start } of named) {
    if (kind === 'local') addLocal(region, word);
    if (start !== undefined)
      addName(walk, { word, name: nameAt(word, start), kind, start }, region);
    else addAssignment(walk, word, kind, region);
  }
  visitRedirects(walk, redirects, region);
  if (mayRunCommand(commandName)) visitRun(walk, command, commandName, region, 0);
}

/** Limits chains such as `sudo env nice …`. */
const maxWrappers = 8;

/** The script that a command runs: in another shell, or in this one for `eval`. */
function visitRun(walk: Walk, command: Command, name: string, region: Region, depth: number): void {
  const script = nestedScript(name, command);
  if (script !== undefined) {
    const inner = name === 'eval' ? region : regionIn(region, 'program');
    const nested: Walk = { ...walk, dialect: script.dialect };
    for (const statement of script.statements) visit(nested, statement, inner);
    return;
  }
  const wrapped = wrappedCommand(name, command);
  const wrappedName = wrapped && nameOf(wrapped);
  if (wrapped === undefined || wrappedName === undefined || depth >= maxWrappers) return;
  for (const word of wrapped.assignments) addAssignment(walk, word, 'prefix', region);
  for (const { word, kind, start } of namedVariables(wrappedName, wrapped.args, walk.dialect))
    if (start !== undefined)
      addName(walk, { word, name: nameAt(word, start), kind, start }, region);
  if (mayRunCommand(wrappedName)) visitRun(walk, wrapped, wrappedName, region, depth + 1);
}

function visitRedirects(walk: Walk, redirects: readonly Redirect[], region: Region): void {
  for (const { target, body } of redirects) {
    if (target) visitWord(walk, target, region);
    if (body) visitWord(walk, body, region);
  }
}

function visitWord(walk: Walk, { variables, scripts }: ShellWord, region: Region): void {
  for (const variable of variables) {
    const { start } = variable.nameSpan;
    if (walk.uses.isAt(start)) continue;
    const { name, nameSpan, span } = variable;
    const opener = start - span.start;
    const isEnvironment = walk.dialect === 'powershell' && (opener === 5 || opener === 6);
    walk.uses.add({
      name,
      span: nameSpan,
      kind: 'read',
      region,
      from: span.end,
      variable,
      // `$env:` or `${env:`
      ...(isEnvironment && { isEnvironment }),
    });
  }
  if (scripts.length === 0) return;
  // The braces and parentheses of PowerShell do not start a process.
  const inner = walk.dialect === 'powershell' ? region : regionIn(region, 'subshell');
  for (const statement of scripts) visit(walk, statement, inner);
}

/** The function whose own variable `local` declares; outside a function it declares a variable of the script. */
function addLocal(region: Region, word: ShellWord): void {
  const name = /^[A-Za-z_]\w*/.exec(word.raw)?.[0];
  let at: Region | undefined = region;
  while (at !== undefined && at.kind === 'subshell') at = at.parent;
  if (at?.kind === 'function' && name !== undefined) (at.locals as Set<string>).add(name);
}

function addAssignment(walk: Walk, word: ShellWord, kind: UseKind, region: Region): void {
  const name = nameAt(word, 0);
  if (name !== '') addName(walk, { word, name, kind }, region);
}

/** A variable of PowerShell at the start of a word, after its type, with its drive or scope. */
const powershellTarget =
  /^(?:\[[\w.[\],]+\])*\$\{?(?:(?:(env)|global|local|private|script):)?([A-Za-z_]\w*)\}?(?![\w:])/i;

/** Limits the variables that one command assigns. */
const maxLeading = 8;
/** A type, or the first of several variables. */
const leadingWord = /^(?:\[[\w.[\],]+\]|\$[A-Za-z_]\w*,)$/;

/**
 * `$NAME = …`, `$NAME += …`, `$env:NAME=…` and `foreach ($NAME in …)`, with the whole right side as the value. Whether the
 * command is one of these.
 */
function addPowershellAssignment(walk: Walk, command: Command, region: Region, depth = 0): boolean {
  const { assignments, name: first, args } = command;
  if (first && assignments.length === 0 && depth < maxLeading && leadingWord.test(first.raw)) {
    // `$NAME, …` or `[type] $NAME = …`
    const [next, ...others] = args;
    const rest = new CommandNode(command.span, next, others);
    if (!addPowershellAssignment(walk, rest, region, depth + 1)) return false;
    const name = first.raw.startsWith('$') ? first.raw.slice(1, -1) : '';
    if (name !== '') addName(walk, { word: first, name, kind: 'assignment', start: 1 }, region);
    return true;
  }
  const word = assignments[0] ?? first;
  const next = assignments.length > 0 ? first : args[0];
  const [target, drive, name = ''] = powershellTarget.exec(word?.raw ?? '') ?? [];
  if (word === undefined || target === undefined) return false;
  const rest = word.raw.slice(target.length);
  const isLoop = rest === '' && next?.text.toLowerCase() === 'in';
  // In the tree, only `$NAME = …` is an assignment.
  const operator =
    assignments.length > 0
      ? '='
      : /^(?:[-+*/%]|\?\?)?=(?!=)/.exec(rest === '' ? (next?.raw ?? '') : rest)?.[0];
  if (operator === undefined && !isLoop) return false;
  const end = args.at(-1)?.span.end ?? first?.span.end ?? word.span.end;
  const isSplit = rest === '' || rest === '=';
  const from = isSplit ? next?.span.start : word.span.start + target.length + 1;
  const isKnown = operator === '=' && !walk.inPipe && (rest !== '' || assignments.length > 0);
  const value = isKnown && from !== undefined && from < end ? { start: from, end } : undefined;
  const at = word.span.start + target.lastIndexOf(name);
  const isEnvironment = drive !== undefined;
  walk.uses.add({
    name,
    span: { start: at, end: at + name.length },
    kind: isLoop ? 'loop' : isEnvironment && value ? 'export' : 'assignment',
    region,
    from: end,
    value,
    ...(isEnvironment && { isEnvironment }),
  });
  return true;
}

function nameAt({ raw }: ShellWord, start: number): string {
  return raw.slice(start, nameEnd(raw, start));
}

interface NamedPlace {
  readonly word: ShellWord;
  readonly name: string;
  readonly kind: UseKind;
  /** Where the name is in the word as written. */
  readonly start?: number | undefined;
}

function addName(walk: Walk, { word, name, kind, start = 0 }: NamedPlace, region: Region): void {
  const { raw, span } = word;
  if (name === '' || nameEnd(name, 0) < name.length || !raw.startsWith(name, start)) return;
  const at = span.start + start;
  if (walk.uses.isAt(at)) return;
  const end = start + name.length;
  const equals = raw.startsWith('=', end) ? 1 : raw.startsWith('+=', end) ? 2 : 0;
  const value = equals === 0 ? undefined : { start: span.start + end + equals, end: span.end };
  walk.uses.add({
    name,
    span: { start: at, end: at + name.length },
    kind,
    region,
    from: span.end,
    value,
  });
}
