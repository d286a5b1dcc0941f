/**
 * What bash knows and the shells in the place of `/bin/sh` do not, as dash 0.5.12 and busybox 1.35 were seen to take it.
 * Only what the shell reads itself: a script in quotes belongs to the program that is given it.
 */
import type { Block, Command, Redirect, Script, ShellWord, Statement } from '../script.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { hasMark } from './bash-marks.ts';
import { bashWords } from './bash-words.ts';
import type { Sh } from '../dialect.ts';

export interface Bashism {
  readonly span: Span;
  /** The smallest text that names it. */
  readonly what: string;
  /** ShellCheck's codes for it, of before 0.8 and since. */
  readonly codes: readonly string[];
  /** The shell says nothing and does something else. */
  readonly silent?: true;
  /** The same for any shell. */
  readonly edits?: readonly Edit[];
}

export interface Where {
  readonly text: string;
  /** Places outside which nothing has to be looked at, in order. */
  readonly signs: readonly number[];
  readonly sh: Sh;
}

/** In the order of the text. */
export function bashisms({ statements }: Script, { text, signs, sh }: Where): readonly Bashism[] {
  const found: Bashism[] = [];
  const tell = (one: Bashism): void => void found.push(one);
  const at: Walk = { text, signs, isDash: sh === 'dash', guarded: false, tell };
  for (const statement of statements) walk(statement, at);
  return found.sort((a, b) => a.span.start - b.span.start);
}

interface Walk {
  readonly text: string;
  readonly signs: readonly number[];
  readonly isDash: boolean;
  /** Somebody deals with a failure. */
  readonly guarded: boolean;
  readonly tell: (one: Bashism) => void;
}

function walk(statement: Statement, at: Walk): void {
  // Most of a script has none.
  if (!hasMark(at.signs, statement.span)) return;
  switch (statement.kind) {
    case 'command':
      ofCommand(statement, at);
      return;
    case 'chain': {
      const guarded = at.guarded || statement.operators.some(({ text }) => text === '||');
      const within = guarded === at.guarded ? at : { ...at, guarded };
      for (const part of statement.parts) walk(part, within);
      return;
    }
    case 'pipeline':
      for (const [i, part] of statement.parts.entries()) {
        if (i > 0) pipeBoth(statement.parts[i - 1], part, at);
        walk(part, at);
      }
      return;
    case 'block':
      ofBlock(statement, at);
  }
}

/** `a |& b`. */
function pipeBoth(before: Statement | undefined, { span }: Statement, at: Walk): void {
  if (before === undefined) return;
  const start = at.text.indexOf('|&', before.span.end);
  if (start < 0 || start >= span.start) return;
  const place = { start, end: start + 2 };
  at.tell({ span: place, what: '|&', codes: ['SC3029'], edits: [replace(place, '2>&1 |')] });
}

function ofBlock(block: Block, at: Walk): void {
  const { opener, span, words, bodies, redirects } = block;
  const written = at.text.slice(span.start, span.end);
  if (opener === 'function' && at.isDash) functionWord(written, span, at);
  if (opener === 'test' && written.startsWith('[[')) {
    if (at.isDash) doubleBrackets(block, written, at);
    return;
  }
  const arithmetic = opener === 'test' || opener === 'for' ? /^(?:for\s*)?(\(\()/d.exec(written) : undefined; // prettier-ignore
  const [from] = arithmetic?.indices?.[1] ?? [];
  if (from !== undefined) {
    const place = { start: span.start + from, end: span.start + from + 2 };
    at.tell({ span: place, what: '((', codes: [opener === 'for' ? 'SC3005' : 'SC3006'] });
  } else for (const word of words) ofWord(word, opener === 'for' ? 'list' : 'alone', at);
  for (const part of bodies) walk(part, at);
  ofRedirects(redirects, at);
}

function functionWord(written: string, { start }: Span, at: Walk): void {
  const [whole, name = ''] = /^function\s+([^\s(){}]+)(?:\s*\(\s*\))?/.exec(written) ?? [];
  if (whole === undefined) return;
  const place = { start, end: start + whole.length };
  at.tell({
    span: { start, end: start + 'function'.length },
    what: 'function',
    codes: ['SC2112', 'SC2113'],
    ...(/^[A-Za-z_]\w*$/.test(name) && { edits: [replace(place, `${name}()`)] }),
  });
}

/** What is asked in single brackets means the same where nothing is split and nothing is a pattern. */
function doubleBrackets({ span, words }: Block, written: string, at: Walk): void {
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
  at.tell({ span, what: '[[', codes: ['SC2039', 'SC3010'], ...(isPlain && { edits }) });
}

const onlyInBash = new Set(['pushd', 'popd', 'shopt', 'declare', 'typeset', 'mapfile', 'readarray', 'disown']); // prettier-ignore

function ofCommand(command: Command, at: Walk): void {
  const { name, args, assignments, redirects } = command;
  for (const word of assignments) {
    const sign = /^\w+(\+?=)(\(?)/.exec(word.raw);
    if (sign?.[2] === '(') at.tell({ span: word.span, what: '=(', codes: ['SC2039', 'SC3030'] });
    else if (sign?.[1] === '+=')
      at.tell({ span: word.span, what: '+=', codes: ['SC2039', 'SC3024'] });
    else ofWord(word, 'alone', at);
  }
  if (name?.literal === true && name.raw === name.text) named(command, name, at);
  else if (name) ofWord(name, 'alone', at);
  const braces = name?.text === 'curl' ? 'alone' : 'list';
  for (const word of args) ofWord(word, braces, at);
  ofRedirects(redirects, at);
}

function named(command: Command, name: ShellWord, at: Walk): void {
  const { span, text } = name;
  if (onlyInBash.has(text)) {
    if (!at.guarded) at.tell({ span, what: text, codes: ['SC2039', 'SC3044'] });
    return;
  }
  if (!at.isDash) return;
  if (text === 'source') source(command, name, at);
  else if (text === 'echo') echo(command, name, at);
  else if (text === 'set') pipefail(command, at);
  else if (text === 'let') at.tell({ span, what: text, codes: ['SC2039', 'SC3039'] });
  else if (text === '[' || text === 'test')
    for (const { raw, span: place } of command.args)
      if (raw === '==')
        at.tell({
          span: place,
          what: '==',
          codes: ['SC2039', 'SC3014'],
          edits: [replace(place, '=')],
        });
}

/** Without a folder, `.` looks in PATH alone. */
function source({ args: [file] }: Command, { span }: ShellWord, at: Walk): void {
  if (at.guarded || file === undefined) return;
  const edits = [replace(span, '.')];
  const isFound = /^["']?(?:\.{0,2}|~|\$\w+|\$\{\w+\})\//.test(file.raw) || file.raw.includes('/');
  if (!isFound && file.literal && /^[\w.-]+$/.test(file.raw))
    edits.push(insert(file.span.start, './'));
  at.tell({
    span,
    what: 'source',
    codes: ['SC2039', 'SC3046', 'SC3051'],
    ...((isFound || edits.length > 1) && { edits }),
  });
}

function echo({ args: [option, ...rest] }: Command, name: ShellWord, at: Walk): void {
  if (option === undefined || !/^-[neE]*[eE][neE]*$/.test(option.raw)) return;
  const isEscaping = option.raw.lastIndexOf('e') > option.raw.lastIndexOf('E');
  const format = `printf '${isEscaping ? '%b' : '%s'}${option.raw.includes('n') ? '' : '\\n'}'`;
  const [only, second] = rest;
  // Only what stays one word is printed as one.
  const isOne = only?.variables.every(({ quoted }) => quoted) === true && only.scripts.length === 0;
  const place = { start: name.span.start, end: option.span.end };
  at.tell({
    span: option.span,
    what: `echo ${option.raw}`,
    codes: ['SC2039', 'SC3036', 'SC3037'],
    silent: true,
    ...(second === undefined && isOne && { edits: [replace(place, format)] }),
  });
}

function pipefail({ args, redirects }: Command, at: Walk): void {
  if (at.guarded || redirects.length > 0) return;
  const word = args.find(({ text }, i) => text === 'pipefail' && /^-\w*o$/.test(args[i - 1]?.text ?? '')); // prettier-ignore
  if (word) at.tell({ span: word.span, what: 'pipefail', codes: ['SC2039', 'SC3040'] });
}

function ofRedirects(redirects: readonly Redirect[], at: Walk): void {
  for (const { operator, span, target } of redirects) {
    if (operator === '<<<') {
      const start = at.text.indexOf('<<<', span.start);
      at.tell({ span: { start, end: start + 3 }, what: '<<<', codes: ['SC2039', 'SC3011'] });
    } else if (at.isDash && operator.startsWith('&>') && target) {
      const place = { start: span.start, end: span.start + operator.length };
      const edits = [replace(place, operator.slice(1)), insert(target.span.end, ' 2>&1')];
      at.tell({ span: place, what: operator, codes: ['SC2039', 'SC3020'], silent: true, edits });
    }
    if (target) ofWord(target, 'alone', at);
  }
}

/** In a `list`, braces make several words of one. */
function ofWord(word: ShellWord, place: 'list' | 'alone', at: Walk): void {
  if (!hasMark(at.signs, word.span)) return;
  if (word.scripts.length > 0) {
    const within = at.guarded ? { ...at, guarded: false } : at;
    for (const statement of word.scripts) walk(statement, within);
  }
  if (word.raw.length !== word.span.end - word.span.start) return;
  for (const one of bashWords(word, at.isDash)) if (place === 'list' || !one.isBrace) at.tell(one);
}
