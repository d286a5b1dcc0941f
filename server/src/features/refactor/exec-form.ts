/** A command line as a JSON array, and back. The titles say what becomes of signals and arguments. */
import type { Document } from '../../model/document.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Statement } from '../../shell/script.ts';
import type { CommandLine, ExecForm, Instruction, Of } from '../../syntax/tree.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { quoted } from './quoting.ts';
import { instructionsAt, type Refactoring } from './refactoring.ts';

type Starter = Of<'CMD' | 'ENTRYPOINT' | 'HEALTHCHECK' | 'RUN'>;

/** Of a CMD, ENTRYPOINT or HEALTHCHECK at the place; RUN is for a shell, and is never offered the way to an array. */
export function otherForm(document: Document, place: Span): readonly Refactoring[] {
  const [only, second] = instructionsAt(document, place);
  if (!only || second || !isStarter(only) || only.heredocs.length > 0) return [];
  const { command } = only;
  if (!command) return [];
  const made =
    command.form === 'exec' ? toShell(document, only, command) : toExec(document, only, command);
  return made ? [made] : [];
}

function isStarter(instruction: Instruction): instruction is Starter {
  const { kind } = instruction;
  return kind === 'RUN' || kind === 'CMD' || kind === 'ENTRYPOINT' || kind === 'HEALTHCHECK';
}

/** What only a shell can do. */
const builtins: ReadonlySet<string> = new Set(
  ': . alias bg cd command eval exit export fg hash jobs local read readonly return set shift source times trap type ulimit umask unalias unset wait declare typeset let shopt pushd popd builtin'.split(' '),
); // prettier-ignore

function toExec(
  document: Document,
  instruction: Starter,
  { span }: CommandLine,
): Refactoring | undefined {
  const { kind } = instruction;
  if (kind === 'RUN') return undefined;
  const script = document.model.script(instruction);
  const [statement, second] = script?.statements ?? [];
  if (!script || second || script.errors.length > 0 || script.separators.length > 0)
    return undefined;
  if (script.dialect !== 'sh' && script.dialect !== 'bash') return undefined;
  const words = wordsOf(statement);
  if (!statement || !words || document.text.slice(statement.span.end, span.end).trim() !== '')
    return undefined;
  const json = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const title =
    kind === 'HEALTHCHECK'
      ? t('Write as a JSON array: no shell runs')
      : kind === 'CMD'
        ? t('Write as a JSON array: signals reach the program, no shell runs')
        : t('Write as a JSON array: signals and arguments reach the program, no shell runs');
  return { title, kind: 'refactor.rewrite', edits: [replace(span, json)] };
}

/** One plain command without anything that a shell would change. */
function wordsOf(statement: Statement | undefined): readonly string[] | undefined {
  if (statement?.kind !== 'command') return undefined;
  const { name, args, assignments, redirects } = statement;
  if (!name || assignments.length > 0 || redirects.length > 0) return undefined;
  const all = name.text === 'exec' ? args : [name, ...args];
  const [first] = all;
  if (!first || first.text.startsWith('-') || builtins.has(first.text)) return undefined;
  const plain = all.every(({ literal, raw }) => literal && !/^~|[*?[\]{}\r\n]/.test(raw));
  return plain && nameOf(statement) !== undefined ? all.map(({ text }) => text) : undefined;
}

function toShell(
  document: Document,
  instruction: Starter,
  { argv, span }: ExecForm,
): Refactoring | undefined {
  const { kind } = instruction;
  const { dialect, argv: shell } = document.model.stateAt(instruction).shell;
  const words = argv.map(({ text }) => text);
  if (dialect !== 'sh' && dialect !== 'bash') return undefined;
  if (words.length === 0 || words.some((word) => /[\r\n]/.test(word))) return undefined;
  if (kind === 'CMD' && hasEntrypoint(document, instruction)) return undefined;
  const isShell = words.length === shell.length + 1 && shell.every((word, i) => word === words[i]);
  const line = (isShell ? words.at(-1) : words.map(quoted).join(' ')) ?? '';
  // It would be read as an array, flags, a heredoc, or go on in the next line.
  if (/^\s*(?:\[|--|#)|^\s*$|<<|[\\`]\s*$/.test(line)) return undefined;
  const title =
    kind === 'RUN' || kind === 'HEALTHCHECK' || isShell
      ? t('Write as a shell command')
      : kind === 'CMD'
        ? t('Write as a shell command: {0} gets the signals', shell[0] ?? '')
        : t(
            'Write as a shell command: {0} gets the signals, arguments are dropped',
            shell[0] ?? '',
          );
  return { title, kind: 'refactor.rewrite', edits: [replace(span, line)] };
}

/** Then what CMD says are arguments. */
function hasEntrypoint({ model }: Document, instruction: Instruction): boolean {
  const stage = model.stageOf(instruction);
  if (model.stateAt(instruction).entrypoint) return true;
  return stage?.instructions.some(({ kind }) => kind === 'ENTRYPOINT') === true;
}
