/** Programs that run what their arguments say. */
import { dialectOf, shellNames } from './dialect.ts';
import { parseSource } from './parse.ts';
import { CommandNode } from './node.ts';
import type { Command, Dialect, Script, ShellWord } from './script.ts';
import { direct, unquoted } from './source.ts';

interface Wrapper {
  /** Options that take the next word. */
  readonly valued?: readonly string[];
  /** Options after which nothing is run. */
  readonly stops?: readonly string[];
  /** How many words stand before the command. */
  readonly operands?: number;
  /** `NAME=value` words before the command are its environment. */
  readonly assigns?: boolean;
  /** The command begins behind this word, wherever it is. */
  readonly behind?: readonly string[];
}

/** Names of the interpreter of Python, and its names with a version: `python3.12`. */
export const pythonNames = ['python', 'python2', 'python3'] as const;
export const pythonVersion = /^python\d\.\d+$/;

const python: Wrapper = { behind: ['-m'], stops: ['-c'], valued: ['-W', '-X'] };
const wrappers: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries<Wrapper>({
    sudo: {
      valued: ['-u', '--user', '-g', '--group', '-h', '--host', '-p', '-C', '-r', '-t', '-T', '-D'],
      stops: ['-l', '-v', '-k', '-K', '-e'],
      assigns: true,
    },
    doas: { valued: ['-u', '-C'] },
    env: { valued: ['-u', '--unset', '-C', '--chdir', '-S'], assigns: true },
    exec: { valued: ['-a'] },
    command: { stops: ['-v', '-V'] },
    builtin: {},
    nohup: {},
    setsid: {},
    fakeroot: { valued: ['-l', '-f', '-i', '-s', '-b'] },
    eatmydata: {},
    chronic: {},
    ccache: {},
    time: { valued: ['-f', '--format', '-o', '--output'] },
    nice: { valued: ['-n', '--adjustment'] },
    ionice: { valued: ['-c', '-n', '-p'] },
    stdbuf: { valued: ['-i', '-o', '-e'] },
    timeout: { valued: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
    chroot: { operands: 1 },
    gosu: { operands: 1 },
    'su-exec': { operands: 1 },
    flock: { valued: ['-w', '--timeout', '-E'], stops: ['-c'], operands: 1 },
    tini: { valued: ['-p', '-e'] },
    'dumb-init': { valued: ['-r'] },
    'xvfb-run': { valued: ['-e', '-f', '-n', '-p', '-s', '-w'] },
    xargs: {
      valued: ['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s', '--max-args', '--max-procs'],
    },
    find: { behind: ['-exec', '-execdir', '-ok', '-okdir'] },
    ...Object.fromEntries(pythonNames.map((name) => [name, python])),
    cmd: { behind: ['/c', '/C', '/k', '/K'] },
  }),
);

/** Whether a program of this name may run what its arguments say. */
export function runsOthers(name: string): boolean {
  return running.has(name) || known(name) === 'python';
}

const running: ReadonlySet<string> = new Set([
  ...wrappers.keys(),
  ...shellNames,
  ...['eval', 'su', 'runuser'],
]);

function known(name: string): string {
  return name.startsWith('python') && pythonVersion.test(name) ? 'python' : name;
}

/** What `sudo …`, `xargs …`, `python -m …` run: a command made of the later words. */
export function wrappedCommand(name: string, { args }: Command): Command | undefined {
  const wrapper = wrappers.get(known(name));
  if (wrapper === undefined) return undefined;
  const assignments: ShellWord[] = [];
  const first = wrapper.behind
    ? placeBehind(args, wrapper.behind)
    : firstOperand(args, wrapper, assignments);
  const inner = args[first];
  if (inner === undefined) return undefined;
  // `find … -exec … \;` may have more tests behind the end of the command.
  const found = name === 'find' ? args.findIndex(endsExec) : -1;
  const rest = args.slice(first + 1, found < 0 ? undefined : found);
  const last = rest[rest.length - 1] ?? inner;
  const place = { start: inner.span.start, end: last.span.end };
  return new CommandNode(place, inner, rest, assignments);
}

function endsExec({ text }: ShellWord): boolean {
  return text === ';' || text === '+';
}

function placeBehind(args: readonly ShellWord[], signs: readonly string[]): number {
  const at = args.findIndex(({ text }) => signs.includes(text));
  return at < 0 ? args.length : at + 1;
}

function firstOperand(
  args: readonly ShellWord[],
  wrapper: Wrapper,
  assignments: ShellWord[],
): number {
  let operands = wrapper.operands ?? 0;
  let open = true;
  for (let i = 0; i < args.length; i++) {
    const word = args[i];
    const text = word?.text ?? '';
    if (open && text === '--') open = false;
    else if (open && text.length > 1 && text.startsWith('-')) {
      if (wrapper.stops?.includes(text)) return args.length;
      if (wrapper.valued?.includes(text)) i++;
    } else if (word && wrapper.assigns && /^[A-Za-z_]\w*=/.test(text)) assignments.push(word);
    else if (operands-- <= 0) return i;
  }
  return args.length;
}

/** The script that `sh -c '…'`, `su -c '…'`, `eval '…'` or `bash <<EOF` runs. */
export function nestedScript(name: string, command: Command): Script | undefined {
  if (name === 'eval')
    return command.args.length === 1 ? scriptIn(command.args[0], 'sh') : undefined;
  if (name === 'su' || name === 'runuser')
    return scriptIn(valueOf(command.args, ['-c', '--command']), 'sh');
  const dialect = dialectOf([name]);
  if (dialect === 'powershell') {
    const word = command.args[command.args.length - 1];
    const before = command.args[command.args.length - 2]?.text ?? '';
    return /^-c(?:ommand)?$/i.test(before) ? scriptIn(word, dialect) : undefined;
  }
  if (dialect !== 'sh' && dialect !== 'bash') return undefined;
  return shellScript(command, dialect);
}

function valueOf(args: readonly ShellWord[], options: readonly string[]): ShellWord | undefined {
  const at = args.findIndex(({ text }) => options.includes(text));
  return at < 0 ? undefined : args[at + 1];
}

function shellScript({ args, redirects }: Command, dialect: Dialect): Script | undefined {
  let script = false;
  for (let i = 0; i < args.length; i++) {
    const text = args[i]?.text ?? '';
    // busybox and some images call it as `busybox sh -c`.
    if (i === 0 && dialectOf([text]) === 'sh' && !text.startsWith('-')) continue;
    if (!/^[-+]./.test(text)) return script ? scriptIn(args[i], dialect) : undefined;
    if (/^-[a-zA-Z]*c/.test(text)) script = true;
    if (/^[-+][a-zA-Z]*[oO]$/.test(text)) i++;
  }
  const body = redirects.find((one) => one.body !== undefined)?.body;
  if (body === undefined) return undefined;
  return parseSource(direct({ at: body.span.start, text: body.raw }), dialect);
}

function scriptIn(word: ShellWord | undefined, dialect: Dialect): Script | undefined {
  if (word === undefined) return undefined;
  const source = unquoted({ at: word.span.start, text: word.raw }, word.text);
  return source && parseSource(source, dialect);
}
