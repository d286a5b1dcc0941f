/** Programs that run the command in their arguments. */
import { dialectOf, shellNames } from './dialect.ts';
import { parseSource } from './parse.ts';
import { CommandNode } from './command-node.ts';
import type { Command, Dialect, Script, ShellWord } from './script.ts';
import { DirectSource, unquotedSource } from './source.ts';

interface Wrapper {
  /** Options whose value is the next word. */
  readonly valueOptions?: readonly string[];
  /** Options after which nothing is run. */
  readonly stopOptions?: readonly string[];
  /** The number of words before the command. */
  readonly operands?: number;
  /** `NAME=value` words before the command are its environment. */
  readonly takesAssignments?: boolean;
  /** The command begins after one of these words, wherever it is. */
  readonly commandAfter?: readonly string[];
}

/** Names of the Python interpreter; `pythonVersion` matches names with a version, such as `python3.12`. */
export const pythonNames = ['python', 'python2', 'python3'] as const;
export const pythonVersion = /^python\d\.\d+$/;

const python: Wrapper = { commandAfter: ['-m'], stopOptions: ['-c'], valueOptions: ['-W', '-X'] };
const wrappers: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries<Wrapper>({
    sudo: {
      valueOptions: [
        '-u',
        '--user',
        '-g',
        '--group',
        '-h',
        '--host',
        '-p',
        '-C',
        '-r',
        '-t',
        '-T',
        '-D',
      ],
      stopOptions: ['-l', '-v', '-k', '-K', '-e'],
      takesAssignments: true,
    },
    doas: { valueOptions: ['-u', '-C'] },
    env: { valueOptions: ['-u', '--unset', '-C', '--chdir', '-S'], takesAssignments: true },
    exec: { valueOptions: ['-a'] },
    command: { stopOptions: ['-v', '-V'] },
    builtin: {},
    nohup: {},
    setsid: {},
    fakeroot: { valueOptions: ['-l', '-f', '-i', '-s', '-b'] },
    eatmydata: {},
    chronic: {},
    ccache: {},
    time: { valueOptions: ['-f', '--format', '-o', '--output'] },
    nice: { valueOptions: ['-n', '--adjustment'] },
    ionice: { valueOptions: ['-c', '-n', '-p'] },
    stdbuf: { valueOptions: ['-i', '-o', '-e'] },
    timeout: { valueOptions: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
    chroot: { operands: 1 },
    gosu: { operands: 1 },
    'su-exec': { operands: 1 },
    flock: { valueOptions: ['-w', '--timeout', '-E'], stopOptions: ['-c'], operands: 1 },
    tini: { valueOptions: ['-p', '-e'] },
    'dumb-init': { valueOptions: ['-r'] },
    'xvfb-run': { valueOptions: ['-e', '-f', '-n', '-p', '-s', '-w'] },
    xargs: {
      valueOptions: ['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s', '--max-args', '--max-procs'],
    },
    find: { commandAfter: ['-exec', '-execdir', '-ok', '-okdir'] },
    ...Object.fromEntries(pythonNames.map((name) => [name, python])),
    cmd: { commandAfter: ['/c', '/C', '/k', '/K'] },
  }),
);

/** Whether a program with this name may run a command in its arguments. */
export function mayRunCommand(name: string): boolean {
  return runners.has(name) || (name.startsWith('python') && pythonVersion.test(name));
}

const runners: ReadonlySet<string> = new Set([
  ...wrappers.keys(),
  ...shellNames,
  ...['eval', 'su', 'runuser'],
]);

function wrapperName(name: string): string {
  return name.startsWith('python') && pythonVersion.test(name) ? 'python' : name;
}

/** The command that `sudo …`, `xargs …` or `python -m …` runs, made of the later words. */
export function wrappedCommand(name: string, { args }: Command): Command | undefined {
  const wrapper = wrappers.get(wrapperName(name));
  if (wrapper === undefined) return undefined;
  const assignments: ShellWord[] = [];
  const first = wrapper.commandAfter
    ? indexAfter(args, wrapper.commandAfter)
    : firstOperand(args, wrapper, assignments);
  const inner = args[first];
  if (inner === undefined) return undefined;
  // `find … -exec … \;` may have more tests after the end of the command.
  const found = name === 'find' ? args.findIndex(endsExec) : -1;
  const rest = args.slice(first + 1, found < 0 ? undefined : found);
  const last = rest[rest.length - 1] ?? inner;
  const place = { start: inner.span.start, end: last.span.end };
  return new CommandNode(place, inner, rest, assignments);
}

function endsExec({ text }: ShellWord): boolean {
  return text === ';' || text === '+';
}

function indexAfter(args: readonly ShellWord[], markers: readonly string[]): number {
  const at = args.findIndex(({ text }) => markers.includes(text));
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
      if (wrapper.stopOptions?.includes(text)) return args.length;
      if (wrapper.valueOptions?.includes(text)) i++;
    } else if (word && wrapper.takesAssignments && /^[A-Za-z_]\w*=/.test(text))
      assignments.push(word);
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
    // busybox is also called as `busybox sh -c`.
    if (i === 0 && dialectOf([text]) === 'sh' && !text.startsWith('-')) continue;
    if (!/^[-+]./.test(text)) return script ? scriptIn(args[i], dialect) : undefined;
    if (/^-[a-zA-Z]*c/.test(text)) script = true;
    if (/^[-+][a-zA-Z]*[oO]$/.test(text)) i++;
  }
  const body = redirects.find((one) => one.body !== undefined)?.body;
  if (body === undefined) return undefined;
  return parseSource(new DirectSource({ at: body.span.start, text: body.raw }), dialect);
}

function scriptIn(word: ShellWord | undefined, dialect: Dialect): Script | undefined {
  if (word === undefined) return undefined;
  const source = unquotedSource({ at: word.span.start, text: word.raw }, word.text);
  return source && parseSource(source, dialect);
}
