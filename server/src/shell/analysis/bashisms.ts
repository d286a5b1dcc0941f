/**
 * Syntax that bash supports, but not the other shells that can be `/bin/sh`, as observed with dash 0.5.12 and busybox
 * 1.35. Only what the shell itself parses is checked: a quoted script belongs to the program that receives it.
 */
import type { Block, Command, Redirect, Script, ShellWord, Statement } from '../script.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { hasBashSyntax } from './bash-syntax.ts';
import { wordBashisms } from './word-bashisms.ts';
import type { SystemShell } from '../dialect.ts';

export interface Bashism {
  readonly span: Span;
  /** The shortest text that identifies it. */
  readonly what: string;
  /** ShellCheck's codes for it, before version 0.8 and since. */
  readonly codes: readonly string[];
  /** The shell reports no error and does something else. */
  readonly silent?: true;
  /** Replaces it with the same for any shell. */
  readonly edits?: readonly Edit[];
}

export interface BashismOptions {
  readonly text: string;
  /** The positions of bash syntax, in order; other parts of the script are not checked. */
  readonly positions: readonly number[];
  readonly sh: SystemShell;
}

/** The bashisms of a script, in the order of the text. */
export function findBashisms(
  { statements }: Script,
  { text, positions, sh }: BashismOptions,
): readonly Bashism[] {
  const found: Bashism[] = [];
  const report = (one: Bashism): void => void found.push(one);
  const context: Context = { text, positions, isDash: sh === 'dash', isGuarded: false, report };
  for (const statement of statements) walk(statement, context);
  return found.sort((a, b) => a.span.start - b.span.start);
}

interface Context {
  readonly text: string;
  readonly positions: readonly number[];
  readonly isDash: boolean;
  /** Whether a failure is handled. */
  readonly isGuarded: boolean;
  readonly report: (one: Bashism) => void;
}

function walk(statement: Statement, context: Context): void {
  // Most statements contain no bash syntax.
  if (!hasBashSyntax(context.positions, statement.span)) return;
  switch (statement.kind) {
    case 'command':
      checkCommand(statement, context);
      return;
    case 'chain': {
      const isGuarded = context.isGuarded || statement.operators.some(({ text }) => text === '||');
      const inner = isGuarded === context.isGuarded ? context : { ...context, isGuarded };
      for (const part of statement.parts) walk(part, inner);
      return;
    }
    case 'pipeline':
      for (const [i, part] of statement.parts.entries()) {
        if (i > 0) checkPipeBoth(statement.parts[i - 1], part, context);
        walk(part, context);
      }
      return;
    case 'block':
      checkBlock(statement, context);
  }
}

/** `a |& b`. */
function checkPipeBoth(before: Statement | undefined, { span }: Statement, context: Context): void {
  if (before === undefined) return;
  const start = context.text.indexOf('|&', before.span.end);
  if (start < 0 || start >= span.start) return;
  const place = { start, end: start + 2 };
  context.report({ span: place, what: '|&', codes: ['SC3029'], edits: [replace(place, '2>&1 |')] });
}

function checkBlock(block: Block, context: Context): void {
  const { opener, span, words, bodies, redirects } = block;
  const written = context.text.slice(span.start, span.end);
  if (opener === 'function' && context.isDash) checkFunction(written, span, context);
  if (opener === 'test' && written.startsWith('[[')) {
    if (context.isDash) checkDoubleBrackets(block, written, context);
    return;
  }
  const arithmetic = opener === 'test' || opener === 'for' ? /^(?:for\s*)?(\(\()/d.exec(written) : undefined; // prettier-ignore
  const [from] = arithmetic?.indices?.[1] ?? [];
  if (from !== undefined) {
    const place = { start: span.start + from, end: span.start + from + 2 };
    context.report({ span: place, what: '((', codes: [opener === 'for' ? 'SC3005' : 'SC3006'] });
  } else for (const word of words) checkWord(word, opener === 'for' ? 'list' : 'alone', context);
  for (const part of bodies) walk(part, context);
  checkRedirects(redirects, context);
}

function checkFunction(written: string, { start }: Span, context: Context): void {
  const [declaration, name = ''] = /^function\s+([^\s(){}]+)(?:\s*\(\s*\))?/.exec(written) ?? [];
  if (declaration === undefined) return;
  const place = { start, end: start + declaration.length };
  context.report({
    span: { start, end: start + 'function'.length },
    what: 'function',
    codes: ['SC2112', 'SC2113'],
    ...(/^[A-Za-z_]\w*$/.test(name) && { edits: [replace(place, `${name}()`)] }),
  });
}

/** Single brackets have the same meaning if no word is split and none is a pattern. */
function checkDoubleBrackets({ span, words }: Block, written: string, context: Context): void {
  const inside = written.slice(2, -2);
  const isPlain =
    written.endsWith(']]') &&
    !/&&|\|\||=~|[<>()*?\\]/.test(inside) &&
    words.every(({ literal, variables, scripts }) =>
      scripts.length > 0 ? false : literal || variables.every(({ quoted }) => quoted),
    );
  const open = { start: span.start, end: span.start + 2 };
  const edits = [
    replace(open, '['),
    ...Array.from(inside.matchAll(/(?<=\s)==(?=\s)/g), ({ index }) =>
      replace({ start: open.end + index, end: open.end + index + 2 }, '='),
    ),
    replace({ start: span.end - 2, end: span.end }, ']'),
  ];
  context.report({ span, what: '[[', codes: ['SC2039', 'SC3010'], ...(isPlain && { edits }) });
}

const bashCommands = new Set(['pushd', 'popd', 'shopt', 'declare', 'typeset', 'mapfile', 'readarray', 'disown']); // prettier-ignore

function checkCommand(command: Command, context: Context): void {
  const { name, args, assignments, redirects } = command;
  for (const word of assignments) {
    const match = /^\w+(\+?=)(\(?)/.exec(word.raw);
    if (match?.[2] === '(')
      context.report({ span: word.span, what: '=(', codes: ['SC2039', 'SC3030'] });
    else if (match?.[1] === '+=')
      context.report({ span: word.span, what: '+=', codes: ['SC2039', 'SC3024'] });
    else checkWord(word, 'alone', context);
  }
  if (name?.literal === true && name.raw === name.text) checkName(command, name, context);
  else if (name) checkWord(name, 'alone', context);
  const braces = name?.text === 'curl' ? 'alone' : 'list';
  for (const word of args) checkWord(word, braces, context);
  checkRedirects(redirects, context);
}

function checkName(command: Command, name: ShellWord, context: Context): void {
  const { span, text } = name;
  if (bashCommands.has(text)) {
    if (!context.isGuarded) context.report({ span, what: text, codes: ['SC2039', 'SC3044'] });
    return;
  }
  if (!context.isDash) return;
  if (text === 'source') checkSource(command, name, context);
  else if (text === 'echo') checkEcho(command, name, context);
  else if (text === 'set') checkPipefail(command, context);
  else if (text === 'let') context.report({ span, what: text, codes: ['SC2039', 'SC3039'] });
  else if (text === '[' || text === 'test')
    for (const { raw, span: place } of command.args)
      if (raw === '==')
        context.report({
          span: place,
          what: '==',
          codes: ['SC2039', 'SC3014'],
          edits: [replace(place, '=')],
        });
}

/** Without a directory, `.` searches only PATH. */
function checkSource({ args: [file] }: Command, { span }: ShellWord, context: Context): void {
  if (context.isGuarded || file === undefined) return;
  const edits = [replace(span, '.')];
  const isFound = /^["']?(?:\.{0,2}|~|\$\w+|\$\{\w+\})\//.test(file.raw) || file.raw.includes('/');
  if (!isFound && file.literal && /^[\w.-]+$/.test(file.raw))
    edits.push(insert(file.span.start, './'));
  context.report({
    span,
    what: 'source',
    codes: ['SC2039', 'SC3046', 'SC3051'],
    ...((isFound || edits.length > 1) && { edits }),
  });
}

function checkEcho({ args: [option, ...rest] }: Command, name: ShellWord, context: Context): void {
  if (option === undefined || !/^-[neE]*[eE][neE]*$/.test(option.raw)) return;
  const isEscaping = option.raw.lastIndexOf('e') > option.raw.lastIndexOf('E');
  const format = `printf '${isEscaping ? '%b' : '%s'}${option.raw.includes('n') ? '' : '\\n'}'`;
  const [only, second] = rest;
  // `printf` prints the same only for a single word.
  const isOne = only?.variables.every(({ quoted }) => quoted) === true && only.scripts.length === 0;
  const place = { start: name.span.start, end: option.span.end };
  context.report({
    span: option.span,
    what: `echo ${option.raw}`,
    codes: ['SC2039', 'SC3036', 'SC3037'],
    silent: true,
    ...(second === undefined && isOne && { edits: [replace(place, format)] }),
  });
}

function checkPipefail({ args, redirects }: Command, context: Context): void {
  if (context.isGuarded || redirects.length > 0) return;
  const word = args.find(({ text }, i) => text === 'pipefail' && /^-\w*o$/.test(args[i - 1]?.text ?? '')); // prettier-ignore
  if (word) context.report({ span: word.span, what: 'pipefail', codes: ['SC2039', 'SC3040'] });
}

function checkRedirects(redirects: readonly Redirect[], context: Context): void {
  for (const { operator, span, target } of redirects) {
    if (operator === '<<<') {
      const start = context.text.indexOf('<<<', span.start);
      context.report({ span: { start, end: start + 3 }, what: '<<<', codes: ['SC2039', 'SC3011'] });
    } else if (context.isDash && operator.startsWith('&>') && target) {
      const place = { start: span.start, end: span.start + operator.length };
      const edits = [replace(place, operator.slice(1)), insert(target.span.end, ' 2>&1')];
      context.report({
        span: place,
        what: operator,
        codes: ['SC2039', 'SC3020'],
        silent: true,
        edits,
      });
    }
    if (target) checkWord(target, 'alone', context);
  }
}

/** In a `list`, braces expand to several words. */
function checkWord(word: ShellWord, place: 'list' | 'alone', context: Context): void {
  if (!hasBashSyntax(context.positions, word.span)) return;
  if (word.scripts.length > 0) {
    const inner = context.isGuarded ? { ...context, isGuarded: false } : context;
    for (const statement of word.scripts) walk(statement, inner);
  }
  if (word.raw.length !== word.span.end - word.span.start) return;
  for (const one of wordBashisms(word, context.isDash))
    if (place === 'list' || !one.isBrace) context.report(one);
}
