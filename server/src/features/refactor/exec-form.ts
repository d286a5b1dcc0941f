/** Converts a command line to a JSON array, and back. The titles explain the effect on signals and arguments. */
import type { Document } from '../../model/document.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Statement } from '../../shell/script.ts';
import type { CommandLine, ExecForm, Instruction, InstructionOf } from '../../syntax/tree.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { quoteWord } from './quoting.ts';
import { instructionsAt, type Refactoring } from './refactoring.ts';

type CommandInstruction = InstructionOf<'CMD' | 'ENTRYPOINT' | 'HEALTHCHECK' | 'RUN'>;

/** For a CMD, ENTRYPOINT or HEALTHCHECK at a place. RUN is only converted to shell form. */
export function otherForm(document: Document, place: Span): readonly Refactoring[] {
  const [only, second] = instructionsAt(document, place);
  if (!only || second || !hasCommand(only) || only.heredocs.length > 0) return [];
  const { command } = only;
  if (!command) return [];
  const refactoring =
    command.form === 'exec' ? toShell(document, only, command) : toExec(document, only, command);
  return refactoring ? [refactoring] : [];
}

function hasCommand(instruction: Instruction): instruction is CommandInstruction {
  const { kind } = instruction;
  return kind === 'RUN' || kind === 'CMD' || kind === 'ENTRYPOINT' || kind === 'HEALTHCHECK';
}

/** Shell builtins, which have no program. */
const builtins: ReadonlySet<string> = new Set(
  ': . alias bg cd command eval exit export fg hash jobs local read readonly return set shift source times trap type ulimit umask unalias unset wait declare typeset let shopt pushd popd builtin'.split(' '),
); // prettier-ignore

function toExec(
  document: Document,
  instruction: CommandInstruction,
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
      ? t('Convert to JSON array (no shell)')
      : kind === 'CMD'
        ? t('Convert to JSON array (no shell, program receives signals)')
        : t('Convert to JSON array (no shell, program receives signals and arguments)');
  return { title, kind: 'refactor.rewrite', edits: [replace(span, json)] };
}

/** The arguments of a single plain command in which a shell would change nothing. */
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
  instruction: CommandInstruction,
  { argv, span }: ExecForm,
): Refactoring | undefined {
  const { kind } = instruction;
  const { dialect, argv: shell } = document.model.stateAt(instruction).shell;
  const words = argv.map(({ text }) => text);
  if (dialect !== 'sh' && dialect !== 'bash') return undefined;
  if (words.length === 0 || words.some((word) => /[\r\n]/.test(word))) return undefined;
  if (kind === 'CMD' && hasEntrypoint(document, instruction)) return undefined;
  const isShell = words.length === shell.length + 1 && shell.every((word, i) => word === words[i]);
  const line = (isShell ? words.at(-1) : words.map(quoteWord).join(' ')) ?? '';
  // Such a line would be parsed as an array, flag or heredoc, or continue on the next line.
  if (/^\s*(?:\[|--|#)|^\s*$|<<|[\\`]\s*$/.test(line)) return undefined;
  const title =
    kind === 'RUN' || kind === 'HEALTHCHECK' || isShell
      ? t('Convert to shell form')
      : kind === 'CMD'
        ? t('Convert to shell form ({0} receives signals)', shell[0] ?? '')
        : t('Convert to shell form ({0} receives signals, arguments are ignored)', shell[0] ?? '');
  return { title, kind: 'refactor.rewrite', edits: [replace(span, line)] };
}

/** In that case, CMD holds arguments of ENTRYPOINT. */
function hasEntrypoint({ model }: Document, instruction: Instruction): boolean {
  const stage = model.stageOf(instruction);
  if (model.stateAt(instruction).entrypoint) return true;
  return stage?.instructions.some(({ kind }) => kind === 'ENTRYPOINT') === true;
}
