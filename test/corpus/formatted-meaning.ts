/** What a Dockerfile means, to compare it before and after formatting: by our parser, and by bash. */
import { spawnSync } from 'node:child_process';
import { document } from '../../server/src/model/document.ts';
import { heredocScript } from '../../server/src/model/scripts.ts';
import { parseScript } from '../../server/src/shell/parse.ts';
import type { ShellWord, Statement } from '../../server/src/shell/script.ts';
import { commandLineOf } from '../../server/src/syntax/instruction-node.ts';
import type { Dockerfile, Instruction, Word } from '../../server/src/syntax/tree.ts';
import { slice } from '../../server/src/text/span.ts';

/** The lines that BuildKit joins into an instruction, without heredocs. */
function joined(tree: Dockerfile, { start, end }: { start: number; end: number }): string {
  const rows = tree.text.slice(start, end).split('\n');
  return rows
    .filter((row, i) => i === 0 || !/^\s*(#|$)/.test(row))
    .map((row) => row.replace(/\r+$/, ''))
    .map((row) => {
      const bare = row.replace(/[ \t]+$/, '');
      return bare.endsWith(tree.escape) ? bare.slice(0, -1) : row;
    })
    .join('')
    .trim();
}

/** In a substitution, and in the parentheses and braces of PowerShell, the whitespace between words is insignificant. */
function rawOf({ raw, scripts }: ShellWord): readonly string[] {
  if (scripts.length > 0) return [raw.replace(/\s+/g, ' '), ...shellWords(scripts)];
  return [
    /[({]/.test(raw)
      ? raw.replace(/("[^"]*"|'[^']*')|\s+/g, (_, quoted?: string) => quoted ?? ' ')
      : raw,
  ];
}

function shellWords(statements: readonly Statement[]): readonly string[] {
  const raw = (words: readonly (ShellWord | undefined)[]): readonly string[] =>
    words.flatMap((word) => (word ? rawOf(word) : []));
  return statements.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case 'command':
        return [
          ...raw([...one.assignments, one.name, ...one.args]),
          ...one.redirects.flatMap(({ operator, target, body }) => [
            operator,
            ...raw([target]),
            ...(body ? [body.raw] : []),
          ]),
        ];
      case 'pipeline':
        return ['|', ...shellWords(one.parts)];
      case 'chain':
        return [...one.operators.map(({ text }) => text), ...shellWords(one.parts)];
      case 'block':
        return [one.opener, ...raw(one.words), ...shellWords(one.bodies), 'end'];
    }
  });
}

/** The words of the script of `RUN <<EOF` that a shell can run; other bodies as they are. */
function bodyOf(tree: Dockerfile, instruction: Instruction, body: string): unknown {
  const masked = instruction.kind === 'RUN' ? heredocScript(tree, instruction) : undefined;
  if (masked === undefined || /^#!|[\r\f\v]/.test(body)) return body;
  const { statements, errors, separators } = parseScript(masked, 'bash');
  if (errors.length > 0) return body;
  return [shellWords(statements), separators.map(({ text }) => text), commentsIn(body)];
}

function commentsIn(body: string): readonly string[] {
  return body.split('\n').flatMap((line) => {
    const content = line.trim();
    return content.startsWith('#') ? [content] : [];
  });
}

/** The content of an instruction, independent of its layout. */
function built(tree: Dockerfile, instruction: Instruction): unknown {
  const text = (word: Word | undefined): string | undefined => word?.text;
  const { kind, flags, heredocs, words } = instruction;
  const shared = {
    kind,
    flags: flags.map(({ name, value }) => [name.text, value?.text]),
    heredocs: heredocs.map(({ body, name, chomp, expands, terminator }) => [
      name.text,
      bodyOf(tree, instruction, slice(tree.text, body)),
      chomp,
      expands,
      terminator !== undefined,
    ]),
  };
  if (kind === 'ONBUILD') return [shared, instruction.trigger && built(tree, instruction.trigger)];
  if (kind === 'FROM')
    return [shared, words.length, text(instruction.image), text(instruction.name)];
  if (kind === 'ARG' || kind === 'ENV' || kind === 'LABEL')
    return [shared, instruction.pairs.map(({ key, value }) => [key.text, value?.text])];
  const command = commandLineOf(instruction);
  // `NONE` is a keyword, too.
  if (!command && kind === 'HEALTHCHECK')
    return [shared, words.map((word) => word.text.toUpperCase())];
  if (!command) return [shared, words.map(text)];
  const type = kind === 'HEALTHCHECK' ? instruction.type?.text.toUpperCase() : undefined;
  if (command.form !== 'shell') return [shared, type, command.argv.map(text)];
  const line = joined(tree, {
    start: command.span.start,
    end: heredocs[0]?.body.start ?? command.span.end,
  });
  const script = parseScript({ at: 0, text: line }, 'sh');
  // A shell ignores whitespace after an operator.
  const bare = line.replace(/\s+/g, ' ').replace(/(?<=[;|&]) /g, '');
  return [shared, type, bare, shellWords(script.statements)];
}

/** What is compared of a Dockerfile. */
interface Meaning {
  /** One value for each instruction. */
  readonly instructions: readonly unknown[];
  readonly directives: readonly unknown[];
  /** The text of each comment, and whether it is inside an instruction. */
  readonly comments: readonly (readonly [string, boolean])[];
  readonly errors: readonly string[];
}

/** What a Dockerfile means, independent of its layout. */
export function meaning(tree: Dockerfile): Meaning {
  return {
    instructions: tree.instructions.map((one) => built(tree, one)),
    directives: tree.directives.map(({ name, value }) => [name, value]),
    comments: tree.comments.map(({ text: content, isInside }) => [content.trimEnd(), isInside]),
    errors: tree.errors.map(({ code }) => code),
  };
}

/** Scripts as `RUN` and `RUN <<EOF` run them, one for each instruction of a POSIX shell. */
export function scriptsOf(text: string): readonly string[] {
  const { tree, model } = document('untitled:Dockerfile', text);
  return tree.instructions.flatMap((one) => {
    const dialect = one.kind === 'RUN' ? model.script(one)?.dialect : undefined;
    if (one.kind !== 'RUN' || (dialect !== 'sh' && dialect !== 'bash')) return [];
    const [heredoc, other] = one.heredocs;
    if (heredoc === undefined) return [joined(tree, one.command?.span ?? one.span)];
    const isScript = other === undefined && heredocScript(tree, one) !== undefined;
    return isScript ? [slice(text, heredoc.body)] : [];
  });
}

/** Between scripts; a script that is cut off cannot print it. */
const marker = ': end of the script';

/** The scripts as bash writes what it has read, without running it; undefined for a script that it cannot read. */
export function printedByBash(scripts: readonly string[]): readonly (string | undefined)[] {
  if (scripts.length === 0) return [];
  const input = scripts.map((script) => `${script}\n${marker}\n`).join('');
  const { stdout, status } = spawnSync('bash', ['--norc', '--pretty-print'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const printed = stdout.split(marker);
  if (status === 0 && printed.length === scripts.length + 1) return printed.slice(0, -1);
  if (scripts.length === 1) return [undefined];
  const middle = scripts.length >> 1;
  return [...printedByBash(scripts.slice(0, middle)), ...printedByBash(scripts.slice(middle))];
}
