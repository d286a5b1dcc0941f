/** The words of a script, read without its tree: separators and what stands before a word are enough. */
import { add } from './parts.ts';
import type { ReadContext, Slot, SlotKind, SlotWord } from './slot.ts';

interface Script {
  readonly from: number;
  readonly to: number;
  readonly context: ReadContext;
}

const tokenPattern =
  /(?<gap>[\\`][ \t]*\r?\n)|(?<comment>(?<=\n[ \t]*)#[^\n]*\n?|(?<=[\s;]|^)#[^\n]*)|(?<line>\r?\n)|(?<space>[ \t]+)|(?<end>&&|\|\||;;|[;|&()])|(?<redirect>\d?[<>]+[&-]?)|(?<word>(?:\\(?![ \t]*\r?\n)[^]|`(?![ \t]*\r?\n)|"(?:[^"\\]|\\[^])*"?|'[^']*'?|\$\{[^}]*\}?|\$\(|[^\s\\`"';|&()<>])+)|[^]/g;

/** Words after which a command starts. */
const openers = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '!', '{', 'time', 'exec', 'nohup']); // prettier-ignore

/** Programs that run the program after them. */
const wrappers = new Set(['sudo', 'env', 'gosu', 'command', 'xargs', 'nice']);

/** Names of the same program, or with the same packages and options. */
const sameAs: Readonly<Record<string, string>> = {
  apt: 'apt-get',
  pip3: 'pip',
  yum: 'dnf',
  microdnf: 'dnf',
  python3: 'python',
  '.': 'source',
};

/** Programs whose first word is a subcommand. */
const withSubcommand = new Set(
  'apk apt-get apt-key bundle cargo choco composer conda corepack dnf docker dotnet gem git go gradle helm mamba micromamba msbuild npm npx pacman pip pnpm poetry rustup service systemctl uv yarn zypper'.split(
    ' ',
  ),
);

const installs = /^(?:apk add|apt-get install|apt-get remove|apt-get purge|dnf install|dnf remove|pip install|gem install|npm install|npm i|yarn add|pnpm add|conda install|mamba install|zypper install|pacman -S|uv add|uv pip|cargo install|go install|choco install|docker-php-ext-install|pecl)/; // prettier-ignore

/** The command that is being read. */
interface Current {
  readonly program: string;
  readonly subcommand: string;
  readonly given: readonly string[];
}

const none: Current = { program: '', subcommand: '', given: [] };

/** Adds the words of a script; returns the slot of a word at its end. */
export function readScript(
  text: string,
  { from, to, context }: Script,
  words: SlotWord[],
): Slot | undefined {
  let current = none;
  let [before, flags, redirected] = ['^', true, false];
  const slot = (): Slot =>
    redirected
      ? { kind: 'path', form: 'shell', keys: ['>', '*'], given: [] }
      : current.program === ''
        ? commandSlot(context, before, flags)
        : argumentSlot(current);
  for (const { 0: token, index, groups = {} } of text.slice(from, to).matchAll(tokenPattern)) {
    if (groups['end'] !== undefined || groups['line'] !== undefined) {
      if (current.program !== '') before = nameOf(current, token);
      current = none;
      redirected = false;
    } else if (groups['redirect'] !== undefined) redirected = !token.endsWith('&');
    else if (groups['word'] !== undefined) {
      add(words, slot(), token, from + index);
      if (redirected) redirected = false;
      else if (current.program === '') {
        if (flags && token.startsWith('--')) continue;
        flags = false;
        if (openers.has(token) || /^[A-Za-z_]\w*=/.test(token) || token === '}') continue;
        current = { program: programOf(token), subcommand: '', given: [] };
      } else current = after(current, token);
    }
  }
  return slot();
}

function programOf(word: string): string {
  const name = /[^/\\]*$/.exec(word.replace(/^["']|["']$/g, ''))?.[0] ?? word;
  return sameAs[name] ?? name;
}

/** The command after one more word. */
function after(current: Current, word: string): Current {
  const { program, subcommand, given } = current;
  const isWrapped = wrappers.has(program) && !/^-|=/.test(word);
  if (isWrapped) return { program: programOf(word), subcommand: '', given: [] };
  const isSubcommand =
    subcommand === '' &&
    withSubcommand.has(program) &&
    (!word.startsWith('-') || program === 'pacman');
  // `python -m pip install` is `pip install`.
  if (program === 'python' && given.length === 1 && given[0] === '-m')
    return { program: word, subcommand: '', given: [] };
  return {
    program,
    subcommand: isSubcommand ? word : subcommand,
    given: [...given.slice(-maxGiven), word],
  };
}

/** A command rarely has more words; keeping all of a long one would take quadratic time. */
const maxGiven = 60;

function nameOf({ program, subcommand }: Current, separator: string): string {
  const name = subcommand === '' ? program : `${program} ${subcommand}`;
  return separator === '|' ? `|${program}` : name;
}

function commandSlot(
  { image, system, keyword }: ReadContext,
  before: string,
  flags: boolean,
): Slot {
  const start = system === 'windows' ? 'w:' : keyword === 'RUN' ? 'c:' : 'd:';
  const at = flags ? '^' : '';
  return {
    kind: 'command',
    form: 'shell',
    keys: [
      ...(before === '^' ? [] : [`${start}${before}`]),
      ...(image === '' ? [] : [`${start}${at}@${image}`]),
      ...(system === '' ? [] : [`${start}${at}@${system}`]),
      ...(flags ? [`${start}^`] : []),
      start,
    ],
    given: [],
  };
}

function argumentSlot({ program, subcommand, given }: Current): Slot {
  const name = subcommand === '' ? program : `${program} ${subcommand}`;
  const last = shape(given.at(-1) ?? '^');
  const kind = argumentKind(program, subcommand, name);
  const beforeLast = given.length > 1 ? shape(given.at(-2) ?? '') : '^';
  return {
    kind,
    form: 'shell',
    keys: [
      ...(given.length === 0 ? [] : [`${name}|${beforeLast}|${last}`]),
      `${name}|${last}`,
      name,
      ...(subcommand === '' ? [] : [program]),
      '*',
    ],
    given,
  };
}

function argumentKind(program: string, subcommand: string, name: string): SlotKind {
  if (withSubcommand.has(program) && subcommand === '') return 'subcommand';
  return installs.test(name) ? 'package' : 'argument';
}

/** The word itself, or its shape if it hardly occurs elsewhere. */
function shape(word: string): string {
  if (/^["']/.test(word)) return '"';
  if (/:\/\//.test(word)) return '://';
  if (/^[./~]|\//.test(word)) return '/';
  if (word.includes('$')) return '$';
  const equals = word.indexOf('=');
  return equals > 0 ? word.slice(0, equals + 1) : word;
}
