/** tally prefer-copy-heredoc. Off: it requires Dockerfile syntax 1.4, and a single short line is just as readable with `echo`. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Command, ShellWord, Statement } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Use a heredoc in `COPY` instead of `RUN echo`',
  why: 'A heredoc contains the file exactly as it is written: without escaped quotes, without `\\n`, and without a shell that interprets it. It requires `# syntax=docker/dockerfile:1` or Docker 23 or later.\n\nThis rule is off by default, because a single short line is just as readable with `echo`.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-copy-heredoc'] },
  links: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
  on: { commands: ['echo', 'printf'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «echo 'name = "site"' > /etc/site.conf»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY <<"EOF" /etc/site.conf
        name = "site"
        EOF
      `,
    },
  ],
  check({ model, report }) {
    const checkedRuns = new Set<Run>();
    for (const { run } of model.commands('echo', 'printf')) {
      if (checkedRuns.has(run)) continue;
      checkedRuns.add(run);
      if (run.heredocs.length > 0 || run.flags.length > 0) continue;
      const [only, second] = model.script(run)?.statements ?? [];
      const fileWrite = only && second === undefined ? fileWriteOf(only) : undefined;
      if (only === undefined || fileWrite === undefined) continue;
      const fix = run.onbuild === true ? undefined : heredocInstead(model, run, fileWrite);
      report({
        at: only,
        message: t('`COPY` with a heredoc can write `{0}` without a shell', fileWrite.target),
        ...(fix && { fix }),
      });
    }
  },
});

/** A file that a script writes, doing nothing else. */
interface FileWrite {
  readonly target: string;
  /** Undefined where the exact text of a line is not known. */
  readonly lines: readonly (string | undefined)[];
  readonly mode: string | undefined;
}

/** `mkdir -p` of the directory may be first, and more lines and a `chmod` may follow: `COPY` can do all of it. */
function fileWriteOf(statement: Statement): FileWrite | undefined {
  const parts = statement.kind === 'chain' ? statement.parts : [statement];
  if (statement.kind === 'chain' && statement.operators.some(({ text }) => text !== '&&')) return undefined; // prettier-ignore
  const directory = directoryOf(parts[0]);
  const [first, ...others] = directory === undefined ? parts : parts.slice(1);
  const start = first && writeOf(first);
  if (start?.operator !== '>' || (directory ?? start.directory) !== start.directory)
    return undefined;
  const lines = [start.line];
  let mode: string | undefined;
  for (const part of others) {
    const more = writeOf(part);
    // Only a `chmod` at the end sets the mode of the whole file.
    if (mode !== undefined) return undefined;
    if (more?.operator === '>>' && more.target === start.target) lines.push(more.line);
    else if ((mode = modeFor(part, start.target)) === undefined) return undefined;
  }
  return { target: start.target, lines, mode };
}

function directoryOf(part: Statement | undefined): string | undefined {
  if (part?.kind !== 'command' || part.name?.text !== 'mkdir') return undefined;
  const [flag, directory, more] = part.args;
  const isPlain = flag?.text === '-p' && directory?.literal === true && more === undefined;
  return isPlain ? directory.text.replace(/\/+$/, '') : undefined;
}

function modeFor(part: Statement, target: string): string | undefined {
  if (part.kind !== 'command' || part.name?.text !== 'chmod') return undefined;
  const [mode, path, more] = part.args;
  if (mode === undefined || path?.text !== target || more !== undefined) return undefined;
  if (/^0?[0-7]{3}$/.test(mode.text)) return mode.text;
  return /^a?\+x$/.test(mode.text) ? '755' : undefined;
}

interface Write {
  readonly operator: string;
  readonly target: string;
  readonly directory: string;
  readonly line: string | undefined;
}

/** `echo … > /file`, and `echo … | tee /file`. */
function writeOf(part: Statement): Write | undefined {
  const [printed, tee, more] = part.kind === 'pipeline' ? part.parts : [part];
  if (printed?.kind !== 'command' || !/^(?:echo|printf)$/.test(printed.name?.text ?? '')) return undefined; // prettier-ignore
  const { args, redirects, assignments } = printed;
  if (!args.every(({ literal }) => literal) || assignments.length > 0) return undefined;
  const [redirect, other] = redirects;
  if (tee === undefined) {
    if (other !== undefined || redirect === undefined) return undefined;
    return writeTo(printed, redirect.operator, redirect.target);
  }
  const isTee = tee.kind === 'command' && tee.name?.text === 'tee' && tee.redirects.length === 0;
  if (redirect !== undefined || more !== undefined || !isTee) return undefined;
  const isAppended = tee.args[0]?.text === '-a';
  const [target, second] = isAppended ? tee.args.slice(1) : tee.args;
  return second ? undefined : writeTo(printed, isAppended ? '>>' : '>', target);
}

function writeTo(
  printed: Command,
  operator: string,
  target: ShellWord | undefined,
): Write | undefined {
  if (target?.literal !== true || target.raw !== target.text || !target.text.startsWith('/'))
    return undefined;
  const { text } = target;
  return { operator, target: text, directory: text.replace(/\/[^/]*$/, ''), line: lineOf(printed) };
}

/** The exact line that `echo` prints; undefined where it is not known. */
function lineOf({ name, args }: Command): string | undefined {
  const isPlain = args.every(({ text }) => !/[\\%\r\n]/.test(text));
  if (!isPlain || args[0]?.text.startsWith('-') === true || name?.text !== 'echo') return undefined;
  const line = args.map(({ text }) => text).join(' ');
  return line === 'EOF' ? undefined : line;
}

function heredocInstead(
  model: Model,
  run: Run,
  { target, lines, mode }: FileWrite,
): Fix | undefined {
  if (lines.includes(undefined)) return undefined;
  const br = lineBreak(model);
  const flag = mode === undefined ? '' : `--chmod=${mode} `;
  const text = [`COPY ${flag}<<"EOF" ${target}`, ...lines, 'EOF'].join(br);
  return {
    title: t('Replace with `COPY` and a heredoc'),
    edits: [replace(run.span, text)],
    safe: false,
  };
}
