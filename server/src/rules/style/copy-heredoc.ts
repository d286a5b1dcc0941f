/** tally prefer-copy-heredoc. Off: it needs Dockerfile 1.4, and one short line is as plain with `echo`. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Command, ShellWord, Statement } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Write files with a heredoc of COPY instead of echo',
  why: 'What stands between the lines of a heredoc is the file, letter by letter: no quotes to escape, no `\\n`, and no shell that reads it first. Heredocs need `# syntax=docker/dockerfile:1` or Docker 23.',
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
    const seen = new Set<Run>();
    for (const { run } of model.commands('echo', 'printf')) {
      if (seen.has(run)) continue;
      seen.add(run);
      if (run.heredocs.length > 0 || run.flags.length > 0) continue;
      const [only, second] = model.script(run)?.statements ?? [];
      const written = only && second === undefined ? writtenBy(only) : undefined;
      if (only === undefined || written === undefined) continue;
      const fix = run.onbuild === true ? undefined : asHeredoc(model, run, written);
      report({
        at: only,
        message: t('`COPY` can write `{0}` without a shell', written.target),
        ...(fix && { fix }),
      });
    }
  },
});

/** A file that a script does nothing but write. */
interface Written {
  readonly target: string;
  /** Undefined where a line is not known to the letter. */
  readonly lines: readonly (string | undefined)[];
  readonly mode: string | undefined;
}

/** `mkdir -p` of its folder may stand in front, more lines and a `chmod` behind: `COPY` does all of it. */
function writtenBy(statement: Statement): Written | undefined {
  const parts = statement.kind === 'chain' ? statement.parts : [statement];
  if (statement.kind === 'chain' && statement.operators.some(({ text }) => text !== '&&')) return undefined; // prettier-ignore
  const folder = madeFolder(parts[0]);
  const [first, ...others] = folder === undefined ? parts : parts.slice(1);
  const start = first && writeOf(first);
  if (start?.operator !== '>' || (folder ?? start.folder) !== start.folder) return undefined;
  const lines = [start.line];
  let mode: string | undefined;
  for (const part of others) {
    const more = writeOf(part);
    // What is set last holds for all of it.
    if (mode !== undefined) return undefined;
    if (more?.operator === '>>' && more.target === start.target) lines.push(more.line);
    else if ((mode = modeFor(part, start.target)) === undefined) return undefined;
  }
  return { target: start.target, lines, mode };
}

function madeFolder(part: Statement | undefined): string | undefined {
  if (part?.kind !== 'command' || part.name?.text !== 'mkdir') return undefined;
  const [flag, folder, more] = part.args;
  const isPlain = flag?.text === '-p' && folder?.literal === true && more === undefined;
  return isPlain ? folder.text.replace(/\/+$/, '') : undefined;
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
  readonly folder: string;
  readonly line: string | undefined;
}

/** `echo … > /file`, and `echo … | tee /file`. */
function writeOf(part: Statement): Write | undefined {
  const [said, tee, more] = part.kind === 'pipeline' ? part.parts : [part];
  if (said?.kind !== 'command' || !/^(?:echo|printf)$/.test(said.name?.text ?? '')) return undefined; // prettier-ignore
  const { args, redirects, assignments } = said;
  if (!args.every(({ literal }) => literal) || assignments.length > 0) return undefined;
  const [redirect, other] = redirects;
  if (tee === undefined) {
    if (other !== undefined || redirect === undefined) return undefined;
    return writing(said, redirect.operator, redirect.target);
  }
  const isTee = tee.kind === 'command' && tee.name?.text === 'tee' && tee.redirects.length === 0;
  if (redirect !== undefined || more !== undefined || !isTee) return undefined;
  const isAppended = tee.args[0]?.text === '-a';
  const [target, second] = isAppended ? tee.args.slice(1) : tee.args;
  return second ? undefined : writing(said, isAppended ? '>>' : '>', target);
}

function writing(
  said: Command,
  operator: string,
  target: ShellWord | undefined,
): Write | undefined {
  if (target?.literal !== true || target.raw !== target.text || !target.text.startsWith('/'))
    return undefined;
  const { text } = target;
  return { operator, target: text, folder: text.replace(/\/[^/]*$/, ''), line: lineOf(said) };
}

/** Where the text is known to the letter. */
function lineOf({ name, args }: Command): string | undefined {
  const isPlain = args.every(({ text }) => !/[\\%\r\n]/.test(text));
  if (!isPlain || args[0]?.text.startsWith('-') === true || name?.text !== 'echo') return undefined;
  const line = args.map(({ text }) => text).join(' ');
  return line === 'EOF' ? undefined : line;
}

function asHeredoc(model: Model, run: Run, { target, lines, mode }: Written): Fix | undefined {
  if (lines.includes(undefined)) return undefined;
  const br = lineBreak(model);
  const flag = mode === undefined ? '' : `--chmod=${mode} `;
  const text = [`COPY ${flag}<<"EOF" ${target}`, ...lines, 'EOF'].join(br);
  return { title: t('Write it with COPY'), edits: [replace(run.span, text)], safe: false };
}
