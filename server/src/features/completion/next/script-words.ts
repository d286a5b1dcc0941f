/** The words of a script, read without its tree: separators and the words before a word are enough. */
import { add } from './parts.ts';
import { scan, type TokenKind } from './scan.ts';
import {
  anyArgument,
  optionsOnly,
  type ReadContext,
  type Slot,
  type SlotKind,
  type SlotWord,
} from './slot.ts';

interface Script {
  readonly from: number;
  readonly to: number;
  readonly context: ReadContext;
}

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

/** Adds the words of a script; returns the slot of a word at its end. */
export function readScript(
  text: string,
  { from, to, context }: Script,
  words: SlotWord[],
): Slot | undefined {
  const reader = new Reader(context, words);
  scan(text, { from, to }, (kind, start, end) => {
    reader.read(kind, text.slice(start, end), start);
  });
  return reader.slot();
}

/** Reads the words of a script in their order. */
class Reader {
  readonly #context: ReadContext;
  readonly #words: SlotWord[];
  /** The command that is being read; undefined where one starts. */
  #command: Command | undefined;
  /** The name of the command before. */
  #before = '^';
  /** Whether only flags of the instruction have been read. */
  #inFlags = true;
  #afterRedirect = false;
  #commandSlot: Slot | undefined;

  constructor(context: ReadContext, words: SlotWord[]) {
    this.#context = context;
    this.#words = words;
  }

  /** The slot of the next word. */
  slot(): Slot {
    if (this.#afterRedirect) return redirectSlot;
    if (this.#command) return new ArgumentSlot(this.#command);
    return (this.#commandSlot ??= commandSlot(this.#context, this.#before, this.#inFlags));
  }

  read(kind: TokenKind, token: string, start: number): void {
    if (kind === 'redirect') this.#afterRedirect = !token.endsWith('&');
    else if (kind === 'word') this.#word(token, start);
    else this.#end(token);
  }

  #end(separator: string): void {
    if (this.#command) this.#before = nameOf(this.#command, separator);
    this.#command = undefined;
    this.#commandSlot = undefined;
    this.#afterRedirect = false;
  }

  #word(token: string, start: number): void {
    add(this.#words, this.slot(), token, start);
    if (this.#afterRedirect) this.#afterRedirect = false;
    else if (this.#command) {
      this.#command = continued(this.#command, token);
      // As at the start of a script.
      if (this.#command === undefined) this.#inFlags = true;
      this.#commandSlot = undefined;
    } else if (!this.#inFlags || !token.startsWith('--')) {
      if (this.#inFlags) this.#commandSlot = undefined;
      this.#inFlags = false;
      if (openers.has(token) || token === '}' || /^[A-Za-z_]\w*=/.test(token)) return;
      this.#command = commandOf(token);
    }
  }
}

const redirectSlot: Slot = {
  kind: 'path',
  form: 'shell',
  group: '>',
  isArgument: true,
  keys: ['>', anyArgument],
  given: [],
};

/** A command with its words so far. */
interface Command {
  readonly program: string;
  subcommand: string;
  /** Grows while the command is read. */
  readonly given: string[];
}

function commandOf(word: string): Command {
  return { program: programOf(word), subcommand: '', given: [] };
}

function programOf(word: string): string {
  const name = /[^/\\]*$/.exec(word.replace(/^["']|["']$/g, ''))?.[0] ?? word;
  return sameAs[name] ?? name;
}

/** The command after one more word: the same one, the one that it runs, or none yet. */
function continued(command: Command, word: string): Command | undefined {
  const { program, given } = command;
  // The first command of PowerShell follows.
  if (/^(?:powershell|pwsh)(?:\.exe)?$/i.test(program) && /^-c(?:ommand)?$/i.test(word))
    return undefined;
  if (wrappers.has(program) && !/^-|=/.test(word)) return commandOf(word);
  // `python -m pip install` is `pip install`.
  if (program === 'python' && given.length === 1 && given[0] === '-m') return commandOf(word);
  if (
    command.subcommand === '' &&
    withSubcommand.has(program) &&
    (!word.startsWith('-') || program === 'pacman')
  )
    command.subcommand = word;
  given.push(word);
  return command;
}

function nameOf({ program, subcommand }: Command, separator: string): string {
  if (separator === '|') return `|${program}`;
  return subcommand === '' ? program : `${program} ${subcommand}`;
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
    group: start,
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

/** The slot of an argument. Its keys are computed when they are needed: most words are of other commands. */
class ArgumentSlot implements Slot {
  readonly form = 'shell';
  readonly isArgument = true;
  readonly group: string;
  readonly given: readonly string[];
  readonly #subcommand: string;
  readonly #last: string;
  readonly #beforeLast: string | undefined;
  #keys: readonly string[] | undefined;

  constructor({ program, subcommand, given }: Command) {
    this.group = program;
    this.given = given;
    this.#subcommand = subcommand;
    this.#last = given.at(-1) ?? '^';
    this.#beforeLast = given.length > 1 ? given.at(-2) : given.length > 0 ? '^' : undefined;
  }
  get kind(): SlotKind {
    return argumentKind(this.group, this.#subcommand);
  }
  get keys(): readonly string[] {
    return (this.#keys ??= this.#computedKeys());
  }
  #computedKeys(): readonly string[] {
    const name = this.#subcommand === '' ? this.group : `${this.group} ${this.#subcommand}`;
    const last = shape(this.#last);
    return [
      ...(this.#beforeLast === undefined ? [] : [`${name}|${shape(this.#beforeLast)}|${last}`]),
      `${name}|${last}`,
      name,
      ...(this.#subcommand === '' ? [] : [`${this.group}${optionsOnly}`]),
      anyArgument,
    ];
  }
}

function argumentKind(program: string, subcommand: string): SlotKind {
  if (subcommand === '') {
    if (withSubcommand.has(program)) return 'subcommand';
    return installs.test(program) ? 'package' : 'argument';
  }
  return installs.test(`${program} ${subcommand}`) ? 'package' : 'argument';
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
