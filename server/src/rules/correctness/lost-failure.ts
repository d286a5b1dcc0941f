/** Our own, for commands joined with `;`: the shell continues after a failure, and so does the build. */
import { rule, type Problem } from '../../lint/rule.ts';
import { sequence } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Script, Statement } from '../../shell/script.ts';
import { nestedScript } from '../../shell/wrappers.ts';
import type { Heredoc, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** Commands that cannot fail, or whose failure does not matter. */
const harmless = new Set(['echo', 'printf', 'set', 'export', 'true', ':', 'unset', 'umask', 'shopt', 'alias', 'sleep', 'wait', 'exit', 'ls', 'env', 'printenv', 'pwd', 'whoami', 'id', 'date', 'uname', 'df', 'du', 'ps', 'tree']); // prettier-ignore

export default rule({
  summary: 'Do not ignore failures of commands joined with `;` or in a heredoc',
  why: 'With `a; b`, the shell runs `b` even if `a` fails, and the step succeeds if the last command does. A failed download then shows up later, or in production. Use `&&`, or start the script with `set -e`. The lines of a heredoc (`RUN <<EOF`) are joined in the same way; the first such heredoc of a file is a warning, the others are infos.\n\nIgnore this rule where a failure is expected and handled by the next command.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#run'],
  on: { parts: sequence },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN wget -q https://example.org/tool.tar.gz«;» tar -xzf tool.tar.gz
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN wget -q https://example.org/tool.tar.gz && tar -xzf tool.tar.gz
      `,
    },
    {
      note: 'The lines of a heredoc continue after a failure too:',
      bad: dockerfile`
        FROM alpine:3.22
        RUN «<<EOF»
        wget -q https://example.org/tool.tar.gz
        tar -xzf tool.tar.gz
        EOF
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN <<EOF
        set -e
        wget -q https://example.org/tool.tar.gz
        tar -xzf tool.tar.gz
        EOF
      `,
    },
  ],
  check({ model, report }) {
    let isRepeated = false;
    for (const run of model.each('RUN')) {
      const outer = model.script(run);
      const script = outer && (shellInput(outer) ?? outer);
      if (script === undefined || script.separators.length === 0) continue;
      const { statements, separators } = script;
      const [heredoc] = run.heredocs;
      if (heredoc === undefined && !separators.some(isSemicolon)) continue;
      if (!continuesAfterFailure(model, run, script)) continue;
      if (heredoc) {
        if (!isLostInHeredoc(model, heredoc, script)) continue;
        const problem = heredocProblem(model, heredoc);
        // One warning says it; who writes one heredoc like this writes all of them.
        report(isRepeated ? { ...problem, severity: 'info' } : problem);
        isRepeated = true;
        continue;
      }
      const joins = separators.filter(
        (one, i) => isSemicolon(one) && i + 1 < statements.length && canFail(statements[i]),
      );
      const [first] = joins;
      if (first === undefined) continue;
      // `a; b || c` would become a chain that runs `c` if `a` fails.
      const edits = joins
        .filter((join) => !hasOr(statements[separators.indexOf(join) + 1]))
        .map(({ span }) =>
          /\s/.test(model.source.text[span.start - 1] ?? '')
            ? replace(span, '&&')
            : replace(span, ' &&'),
        );
      report({
        at: first,
        message: messageOf(statements[separators.indexOf(first)]),
        ...(edits.length > 0 && {
          fix: {
            title: titleOf(edits.length),
            edits,
            safe: false,
          },
        }),
      });
    }
  },
});

function isSemicolon({ text }: Script['separators'][number]): boolean {
  return text === ';';
}

/** The heredoc that a shell without `-e` reads as its script, as in `RUN bash <<EOF` and `RUN <<EOF bash`. */
function shellInput({ statements }: Script): Script | undefined {
  const [only, second] = statements;
  if (only?.kind !== 'command' || second !== undefined) return undefined;
  const name = nameOf(only);
  if (name === undefined || !only.redirects.some(({ body }) => body !== undefined))
    return undefined;
  if (only.args.some(({ text }) => /^-[a-z]*[ec]|^errexit$/.test(text))) return undefined;
  return nestedScript(name, only);
}

/** Whether a line that is not the last one may fail, and the heredoc is the script of a POSIX shell without `-e`. */
function isLostInHeredoc(
  { source: { text } }: Model,
  { body }: Heredoc,
  { statements, separators }: Script,
): boolean {
  const begins = statements[0]?.span.start ?? 0;
  if (begins < body.start || begins >= body.end) return false;
  if (/^\s*#!\S*(?:sh|env \S*sh)\s.*-[a-z]*e/.test(text.slice(body.start, body.end))) return false;
  return separators.some((_, i) => i + 1 < statements.length && canFail(statements[i]));
}

function heredocProblem({ source: { text } }: Model, { body, span }: Heredoc): Problem {
  const shebang = /^#!.*\r?\n/.exec(text.slice(body.start, body.end))?.[0] ?? '';
  return {
    at: { span },
    message: t('This script continues after a failure; start it with `set -e`'),
    fix: {
      title: t('Add `{0}`', 'set -e'),
      edits: [
        insert(body.start + shebang.length, `set -e${text.includes('\r\n') ? '\r\n' : '\n'}`),
      ],
      safe: false,
    },
  };
}

/** Whether neither the shell nor the script sets `-e`. */
function continuesAfterFailure(model: Model, run: Run, { statements, dialect }: Script): boolean {
  if (dialect !== 'sh' && dialect !== 'bash') return false;
  // PowerShell and cmd take the rest of the line as their script, and the outer shell does not split at `;`.
  const [first] = statements;
  const program = first && firstCommand(first)?.[0];
  if (program !== undefined && /^(?:powershell|cmd)(?:\.exe)?$/i.test(program)) return false;
  const argv = model.shellAt(run)?.argv ?? [];
  const sets = (words: readonly string[]): boolean =>
    words.some((word) => /^-[a-z]*e/.test(word) || word === 'errexit');
  if (sets(argv.slice(1))) return false;
  return !statements.some((statement) => {
    const words = firstCommand(statement);
    return words?.[0] === 'set' && sets(words);
  });
}

/** Names the command whose exit status is ignored: the last one before the `;`. */
function messageOf(statement: Statement | undefined): string {
  const name = lastName(statement);
  return name === undefined
    ? t('The exit status of this command is ignored because `;` follows it')
    : t('The exit status of `{0}` is ignored because `;` follows it', name);
}

function titleOf(edits: number): string {
  return edits > 1
    ? t('Replace `;` with `&&` in {0} places', edits)
    : t('Replace `{0}` with `{1}`', ';', '&&');
}

function lastName(statement: Statement | undefined): string | undefined {
  if (statement?.kind === 'chain' || statement?.kind === 'pipeline') {
    // An assignment has no name.
    return statement.parts.map(lastName).findLast((name) => name !== undefined);
  }
  return statement?.kind === 'command' ? statement.name?.text : undefined;
}

function firstCommand(statement: Statement): readonly string[] | undefined {
  if (statement.kind === 'chain' || statement.kind === 'pipeline') {
    const [first] = statement.parts;
    return first && firstCommand(first);
  }
  if (statement.kind !== 'command') return undefined;
  return [statement.name?.text ?? '', ...statement.args.map(({ text }) => text)];
}

function hasOr(statement: Statement | undefined): boolean {
  return statement?.kind === 'chain' && statement.operators.some(({ text }) => text === '||');
}

/**
 * Whether a failure of a command or chain would be ignored. A chain with `||` handles its failures, `[ … ] && …` is a
 * condition, and a block handles its own, also at the end of a chain.
 */
function canFail(statement: Statement | undefined): boolean {
  switch (statement?.kind) {
    case 'chain':
      return (
        !hasOr(statement) &&
        !statement.parts.some(isCondition) &&
        !isControlBlock(statement.parts.at(-1)) &&
        statement.parts.some(canFail)
      );
    case 'pipeline':
      return true;
    case 'command':
      return statement.name !== undefined && !harmless.has(statement.name.text);
    default:
      return false;
  }
}

/** `for`, `if` and other blocks, whose last command may be a condition. */
function isControlBlock(statement: Statement | undefined): boolean {
  return (
    statement?.kind === 'block' && statement.opener !== 'group' && statement.opener !== 'subshell'
  );
}

function isCondition(statement: Statement | undefined): boolean {
  if (statement?.kind === 'block') return statement.opener === 'test';
  return statement?.kind === 'command' && /^(?:\[|\[\[|test)$/.test(statement.name?.text ?? '');
}
