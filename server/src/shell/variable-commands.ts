/** Commands whose arguments name variables. */
import type { Dialect, ShellWord } from './script.ts';

/**
 * How a script uses a variable: `prefix` sets it only for one command, `mount` for the whole script, `mention` is a name without `$` such as that of
 * `unset` or `[ -v NAME ]`, and `template` is a name in the text that `envsubst` replaces.
 */
export type UseKind =
  | 'read'
  | 'assignment'
  | 'export'
  | 'local'
  | 'prefix'
  | 'mount'
  | 'loop'
  | 'input'
  | 'unset'
  | 'mention'
  | 'template';

/** An argument that names a variable. */
export interface NamedVariable {
  readonly word: ShellWord;
  readonly kind: UseKind;
  /** Where the name is in the word; undefined for `NAME=value` and `NAME`, where it is at the start. */
  readonly start?: number;
}

type Reader = (args: readonly ShellWord[]) => readonly NamedVariable[];

/** The variables that the arguments of a command name. */
export function namedVariables(
  name: string,
  args: readonly ShellWord[],
  dialect: Dialect | undefined,
): readonly NamedVariable[] {
  if (args.length === 0) return none;
  if (dialect === 'cmd') return /^setx?$/i.test(name) ? cmdAssignment(args) : none;
  if (dialect === 'powershell') return none;
  return readers.get(name)?.(args) ?? none;
}

/** Whether arguments of a command of POSIX shells may name variables. */
export function namesVariables(name: string): boolean {
  return readers.has(name);
}

const none: readonly never[] = [];

/** `set NAME=value`, `set "NAME=value"` and `set /a NAME=1`. */
function cmdAssignment(args: readonly ShellWord[]): readonly NamedVariable[] {
  const word = args.find(({ text }) => !text.startsWith('/'));
  return word?.text.includes('=') === true
    ? [{ word, kind: 'assignment', start: word.raw.startsWith('"') ? 1 : 0 }]
    : none;
}

/** `export NAME=value`, `declare -x NAME`; with `-f`, the names are those of functions. */
function declaration(kind: UseKind): Reader {
  return (args) => {
    const options = args.filter(({ text }) => /^[-+][a-zA-Z]+$/.test(text)).map(({ text }) => text);
    if (options.some((one) => /^-\w*[fF]/.test(one))) return none;
    const isExported = options.some((one) => /^-\w*x/.test(one));
    const isGlobal = options.some((one) => /^-\w*g/.test(one));
    const isPrinted = options.some((one) => /^-\w*p/.test(one));
    const own = isPrinted ? 'mention' : isExported ? 'export' : isGlobal ? 'assignment' : kind;
    return args.filter(({ text }) => !/^[-+]/.test(text)).map((word) => ({ word, kind: own }));
  };
}

/** The arguments after the options, some of which take the next word as their value. */
function operands(args: readonly ShellWord[], valueOptions: RegExp): readonly ShellWord[] {
  let at = 0;
  for (; at < args.length; at++) {
    const text = args[at]?.text ?? '';
    if (text === '--') return args.slice(at + 1);
    if (!/^-./.test(text)) break;
    if (valueOptions.test(text)) at++;
  }
  return args.slice(at);
}

function input(valueOptions: RegExp): Reader {
  return (args) => {
    // `read -a NAME` reads the words into an array.
    const array = args[args.findIndex(({ text }) => /^-\w*a$/.test(text)) + 1];
    const hasArray = args.some(({ text }) => /^-\w*a$/.test(text));
    const words = operands(args, valueOptions);
    return (hasArray && array ? [array, ...words] : words).map((word) => ({ word, kind: 'input' }));
  };
}

function afterOption(option: string, kind: UseKind): Reader {
  return (args) => {
    const found: NamedVariable[] = [];
    args.forEach((word, index) => {
      if (args[index - 1]?.text === option) found.push({ word, kind, start: 0 });
    });
    return found;
  };
}

/** `env -u NAME`; the assignments of `env NAME=value command` belong to the command. */
function environment(args: readonly ShellWord[]): readonly NamedVariable[] {
  const found: NamedVariable[] = [...afterOption('-u', 'mention')(args)];
  for (const word of args) {
    if (word.raw.startsWith('--unset=')) found.push({ word, kind: 'mention', start: 8 });
    if (!/^(?:-|\w+=)/.test(word.text)) break;
  }
  return found;
}

/** The names in `envsubst '$A ${B}'`, which are replaced in its input. */
function template(args: readonly ShellWord[]): readonly NamedVariable[] {
  const word = args.find(({ text }) => text.includes('$'));
  if (word === undefined || !word.raw.startsWith("'")) return none;
  return [...word.raw.matchAll(/\$\{?(?=[A-Za-z_])/g)].map(({ 0: opener, index }) => ({
    word,
    kind: 'template',
    start: index + opener.length,
  }));
}

const names =
  (kind: UseKind): Reader =>
  (args) =>
    args.filter(({ text }) => !text.startsWith('-')).map((word) => ({ word, kind, start: 0 }));

const test = afterOption('-v', 'mention');

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['export', declaration('export')],
  ['readonly', declaration('assignment')],
  ['declare', declaration('local')],
  ['typeset', declaration('local')],
  ['local', declaration('local')],
  ['let', (args) => args.filter(({ text }) => /^\w+[-+*/%&|^]?=/.test(text)).map((word) => ({ word, kind: 'assignment' }))], // prettier-ignore
  ['read', input(/^-\w*[adinNptu]$/)],
  ['mapfile', input(/^-\w*[cCdnOsu]$/)],
  ['readarray', input(/^-\w*[cCdnOsu]$/)],
  ['getopts', (args) => args.slice(1, 2).map((word) => ({ word, kind: 'input' }))],
  ['printf', afterOption('-v', 'input')],
  ['unset', (args) => (args.some(({ text }) => text === '-f') ? none : names('unset')(args))],
  ['printenv', names('mention')],
  ['env', environment],
  ['test', test],
  ['[', test],
  ['envsubst', template],
]);
