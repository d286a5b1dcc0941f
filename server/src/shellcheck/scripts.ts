/** The scripts in a file that ShellCheck can read: of shell forms, heredocs and `sh -c` in exec form. */
import type { Model } from '../model/model.ts';
import { bodyAlone } from '../model/scripts.ts';
import { shAt } from '../model/system-shell.ts';
import { programName, shebang } from '../shell/dialect.ts';
import type { CommandLine, Instruction, Word } from '../syntax/tree.ts';
import type { Masked, Span } from '../text/span.ts';
import { placing, type Placed, type Placing } from './placed.ts';

/** As ShellCheck calls them; `sh` is one that nobody knows more of. It has known busybox since 0.10. */
export type Shell = 'sh' | 'dash' | 'bash' | 'ksh' | 'busybox';

export interface ShellScript extends Placed {
  readonly shell: Shell;
  readonly instruction: Instruction;
  /** It is one line for its shell, or a part of one in quotes: no line may be added to it. */
  readonly oneLine: boolean;
  /** What a text has to become where it is put into the document. */
  readonly quoted: (text: string) => string;
}

/** Larger ones are data that somebody unpacks. */
const longest = 64 * 1024;

/** In the order of the file. */
export function scriptsIn(model: Model): readonly ShellScript[] {
  const found: ShellScript[] = [];
  for (const one of model.each('RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK')) {
    const { command } = one;
    const made = command && (command.form === 'exec' ? ofExec(model, one, command.argv) : ofShell(model, one, command.script)); // prettier-ignore
    if (made && made.text.length <= longest) found.push(made);
  }
  return found;
}

type Started = Instruction & { readonly command?: CommandLine | undefined };

function ofShell(model: Model, instruction: Started, script: Masked): ShellScript | undefined {
  const { argv } = model.stateAt(instruction).shell;
  const body = instruction.kind === 'RUN' ? bodyAlone(model.tree, instruction) : undefined;
  const first = body && shebang(body.text);
  const shell = shellOf(model, instruction, first ?? argv);
  if (shell === undefined) return undefined;
  const placed = placing();
  const oneLine = instruction.heredocs.length === 0;
  const lead = leadOf(model, instruction, first ?? argv);
  if (oneLine) {
    placed.added(lead);
    joined(placed, script, model.tree.text);
  } else if (body) withLead(placed, body, lead);
  else {
    placed.added(lead);
    placed.written(script.text, script.at);
  }
  return { ...placed.done(), shell, instruction, oneLine, quoted: (text) => text };
}

/** BuildKit takes continuations out before a shell sees the line, and with them empty lines and comments. */
function joined(placed: Placing, { text, at }: Masked, document: string): void {
  for (let start = 0; start <= text.length;) {
    const found = document.indexOf('\n', at + start) - at;
    const end = found < 0 || found > text.length ? text.length : found;
    const line = text.slice(start, end);
    const isLast = end === text.length;
    if (isLast || line.trim() !== '')
      placed.written(isLast ? line : line.replace(/[\\`]\s*$/, ''), at + start);
    start = end + 1;
  }
}

/** Behind a first line that names the shell, and comments: a directive among these holds for the whole script. */
function withLead(placed: Placing, { text, at }: Masked, lead: string): void {
  const head = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(text)?.[0] ?? '';
  const plain = head.startsWith('#!') ? head.replace(/^[^\n]*/, (line) => ' '.repeat(line.length)) : head; // prettier-ignore
  placed.written(plain, at);
  placed.added(lead);
  placed.written(text.slice(head.length), at + head.length);
}

function ofExec(
  model: Model,
  instruction: Started,
  [program, ...words]: readonly Word[],
): ShellScript | undefined {
  const i = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const script = words[i + 1];
  if (program === undefined || i < 0 || script === undefined) return undefined;
  if (!words.slice(0, i).every(({ text }) => /^[-+]|^(?:pipefail|errexit)$/.test(text)))
    return undefined;
  const shell = shellOf(model, instruction, [program.text]);
  if (shell === undefined) return undefined;
  const placed = placing();
  placed.added(leadOf(model, instruction, [program, ...words.slice(0, i + 1)].map(textOf)));
  if (!unescaped(placed, script)) return undefined;
  return { ...placed.done(), shell, instruction, oneLine: true, quoted: inJson };
}

function textOf({ text }: Word): string {
  return text;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const escape = /\\(?:u[\dA-Fa-f]{4}|.)|[^\\]/gs;

/** The characters of a JSON string, each with its place; false where it does not read as it is said to. */
function unescaped(placed: Placing, { raw, text, span }: Word): boolean {
  // Continuations are taken out of the word: its places are not known then.
  if (raw.length !== span.end - span.start || !raw.startsWith('"')) return false;
  let read = '';
  for (const { 0: piece, index } of raw.slice(1, -1).matchAll(escape)) {
    const place: Span = {
      start: span.start + 1 + index,
      end: span.start + 1 + index + piece.length,
    };
    const character = piece.startsWith('\\') ? fromJson(piece) : piece;
    read += character;
    placed.escaped(character, place);
  }
  return read === text;
}

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function fromJson(piece: string): string {
  const [, kind = ''] = piece;
  if (kind === 'u') return String.fromCharCode(Number.parseInt(piece.slice(2), 16));
  return simple[kind] ?? kind;
}

/** Which of the shells that ShellCheck reads a command line begins with; `sh` by what the image has in its place. */
function shellOf(
  model: Model,
  instruction: Instruction,
  argv: readonly string[],
): Shell | undefined {
  const shell = named(argv);
  const [program = ''] = argv;
  return shell === 'sh' ? (shAt(model, instruction, program) ?? shell) : shell;
}

const shells: Readonly<Record<string, Shell>> = {
  sh: 'sh',
  dash: 'dash',
  ash: 'busybox',
  busybox: 'busybox',
  bash: 'bash',
  rbash: 'bash',
  ksh: 'ksh',
  mksh: 'ksh',
};

/** Undefined for those that ShellCheck does not read, zsh and PowerShell among them. */
function named(argv: readonly string[]): Shell | undefined {
  const [program, ...rest] = argv;
  if (program === undefined) return undefined;
  const name = programName(program);
  if (name !== 'env') return Object.hasOwn(shells, name) ? shells[name] : undefined;
  return named(rest.filter((word) => !word.startsWith('-') && !word.includes('=')));
}

/** ShellCheck knows these itself, and has something to say to whoever sets them. */
const ownNames: ReadonlySet<string> = new Set(['PATH', 'IFS', 'HOME', 'SHELL', 'PWD']);

/**
 * A line that says what the shell is started with: that an error ends it, and which variables it finds. They have a
 * value without blanks, as in hadolint: a variable with a list in it is left unquoted because it is one.
 */
function leadOf(model: Model, instruction: Instruction, argv: readonly string[]): string {
  const isStrict = argv.some((word) => /^-[a-z]*e[a-z]*$/.test(word) || word === 'errexit');
  const names = [...model.stateAt(instruction).variables.keys()].filter(
    (name) => /^[A-Za-z_]\w*$/.test(name) && !ownNames.has(name),
  );
  const said = [
    ...(isStrict ? ['set -e'] : []),
    ...(names.length > 0 ? [`export ${names.map((name) => `${name}=1`).join(' ')}`] : []),
  ];
  return said.length === 0 ? '' : `${said.join('; ')}\n`;
}
