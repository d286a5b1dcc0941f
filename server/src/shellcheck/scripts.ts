/** The scripts in a file that ShellCheck can check: in shell form, in heredocs and in `sh -c` in exec form. */
import { exceededLimit } from '../lint/size-limits.ts';
import type { Model } from '../model/model.ts';
import { heredocScript } from '../model/scripts.ts';
import { systemShellAt } from '../model/system-shell.ts';
import { programName, shebang } from '../shell/dialect.ts';
import type { CommandLine, Instruction, Word } from '../syntax/tree.ts';
import type { MaskedText, Span } from '../text/span.ts';
import { scriptBuilder, type MappedScript, type ScriptBuilder } from './mapped-script.ts';

/** ShellCheck's names. `sh` means that it is not known which shell it is. Since 0.10, ShellCheck supports busybox. */
export type Shell = 'sh' | 'dash' | 'bash' | 'ksh' | 'busybox';

export interface ShellScript extends MappedScript {
  readonly shell: Shell;
  readonly instruction: Instruction;
  /** The shell receives it as one line or in quotes: line breaks cannot be added. */
  readonly oneLine: boolean;
  /** Escapes a text for the document. */
  readonly quoted: (text: string) => string;
}

/** Larger scripts usually contain embedded data. */
const longest = 64 * 1024;

/** The scripts in document order. */
export function scriptsIn(model: Model): readonly ShellScript[] {
  const found: ShellScript[] = [];
  if (exceededLimit(model.tree) !== undefined) return found;
  for (const one of model.each('RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK')) {
    const { command } = one;
    const made = command && (command.form === 'exec' ? ofExec(model, one, command.argv) : ofShell(model, one, command.script)); // prettier-ignore
    if (made && made.text.length <= longest) found.push(made);
  }
  return found;
}

type Started = Instruction & { readonly command?: CommandLine | undefined };

function ofShell(model: Model, instruction: Started, script: MaskedText): ShellScript | undefined {
  const argv = model.shellAt(instruction)?.argv;
  if (argv === undefined) return undefined;
  const body = instruction.kind === 'RUN' ? heredocScript(model.tree, instruction) : undefined;
  const first = body && shebang(body.text);
  const shell = shellOf(model, instruction, first ?? argv);
  if (shell === undefined) return undefined;
  const builder = scriptBuilder();
  const oneLine = instruction.heredocs.length === 0;
  const lead = leadOf(model, instruction, first ?? argv);
  if (oneLine) {
    builder.addHidden(lead);
    addJoinedLines(builder, script, model.tree.text);
  } else if (body) addWithLead(builder, body, lead);
  else {
    builder.addHidden(lead);
    builder.addWritten(script.text, script.at);
  }
  return { ...builder.build(), shell, instruction, oneLine, quoted: (text) => text };
}

/** BuildKit removes continuations, and empty lines and comments between them, before the shell receives the line. */
function addJoinedLines(builder: ScriptBuilder, { text, at }: MaskedText, document: string): void {
  for (let start = 0; start <= text.length;) {
    const found = document.indexOf('\n', at + start) - at;
    const end = found < 0 || found > text.length ? text.length : found;
    const line = text.slice(start, end);
    const isLast = end === text.length;
    if (isLast || line.trim() !== '')
      builder.addWritten(isLast ? line : line.replace(/[\\`]\s*$/, ''), at + start);
    start = end + 1;
  }
}

/** Adds `lead` after the shebang and the first comments: a directive in these applies to the whole script. */
function addWithLead(builder: ScriptBuilder, { text, at }: MaskedText, lead: string): void {
  const head = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(text)?.[0] ?? '';
  const plain = head.startsWith('#!') ? head.replace(/^[^\n]*/, (line) => ' '.repeat(line.length)) : head; // prettier-ignore
  builder.addWritten(plain, at);
  builder.addHidden(lead);
  builder.addWritten(text.slice(head.length), at + head.length);
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
  const builder = scriptBuilder();
  builder.addHidden(leadOf(model, instruction, [program, ...words.slice(0, i + 1)].map(textOf)));
  if (!addUnescaped(builder, script)) return undefined;
  return { ...builder.build(), shell, instruction, oneLine: true, quoted: inJson };
}

function textOf({ text }: Word): string {
  return text;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const escape = /\\(?:u[\dA-Fa-f]{4}|.)|[^\\]/gs;

/** Adds the characters of a JSON string, each with its span; false if they do not give the expected text. */
function addUnescaped(builder: ScriptBuilder, { raw, text, span }: Word): boolean {
  // Continuations were removed from the word, so the positions in it are not known.
  if (raw.length !== span.end - span.start || !raw.startsWith('"')) return false;
  let read = '';
  for (const { 0: piece, index } of raw.slice(1, -1).matchAll(escape)) {
    const place: Span = {
      start: span.start + 1 + index,
      end: span.start + 1 + index + piece.length,
    };
    const character = piece.startsWith('\\') ? fromJson(piece) : piece;
    read += character;
    builder.addEscaped(character, place);
  }
  return read === text;
}

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function fromJson(piece: string): string {
  const [, kind = ''] = piece;
  if (kind === 'u') return String.fromCharCode(Number.parseInt(piece.slice(2), 16));
  return simple[kind] ?? kind;
}

/** The shell that a command line starts; `sh` is resolved to the shell that the image uses for it. */
function shellOf(
  model: Model,
  instruction: Instruction,
  argv: readonly string[],
): Shell | undefined {
  const shell = shellNamed(argv);
  const [program = ''] = argv;
  return shell === 'sh' ? (systemShellAt(model, instruction, program) ?? shell) : shell;
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

/** Undefined for shells that ShellCheck does not support, such as zsh and PowerShell. */
function shellNamed(argv: readonly string[]): Shell | undefined {
  const [program, ...rest] = argv;
  if (program === undefined) return undefined;
  const name = programName(program);
  if (name !== 'env') return Object.hasOwn(shells, name) ? shells[name] : undefined;
  return shellNamed(rest.filter((word) => !word.startsWith('-') && !word.includes('=')));
}

/** ShellCheck knows these variables, and warns when a script sets them. */
const ownNames: ReadonlySet<string> = new Set(['PATH', 'IFS', 'HOME', 'SHELL', 'PWD']);

/**
 * A first line with the options and variables that the shell is started with. The variables get a value without spaces, as
 * in hadolint, since a variable that contains a list is left unquoted on purpose.
 */
function leadOf(model: Model, instruction: Instruction, argv: readonly string[]): string {
  const isStrict = argv.some((word) => /^-[a-z]*e[a-z]*$/.test(word) || word === 'errexit');
  const names = [...model.stateAt(instruction).variables.keys()].filter(
    (name) => /^[A-Za-z_]\w*$/.test(name) && !ownNames.has(name),
  );
  const statements = [
    ...(isStrict ? ['set -e'] : []),
    ...(names.length > 0 ? [`export ${names.map((name) => `${name}=1`).join(' ')}`] : []),
  ];
  return statements.length === 0 ? '' : `${statements.join('; ')}\n`;
}
