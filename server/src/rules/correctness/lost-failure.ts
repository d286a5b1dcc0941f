/** Our own, for commands that are joined by `;`: the shell goes on after a failure, and so does the build. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Script, Statement } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** They do not fail, or nobody minds. */
const harmless = new Set(['echo', 'printf', 'set', 'export', 'true', ':', 'unset', 'umask', 'shopt', 'alias', 'sleep', 'wait', 'exit']); // prettier-ignore

export default rule({
  summary: 'Join commands with `&&`, not with `;`',
  why: 'Behind `;` a shell goes on whatever happened. A download that failed is found three steps later or in production, since only the last command decides whether the step has failed. Use `&&`, or begin with `set -e`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  on: { instructions: ['RUN'] },
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
  ],
  check({ model, report }) {
    for (const run of model.each('RUN')) {
      const script = model.script(run);
      if (script === undefined || script.separators.length === 0) continue;
      if (!stopsNowhere(model, run, script)) continue;
      const { statements, separators } = script;
      const joins = separators.filter(
        ({ text }, i) => text === ';' && i + 1 < statements.length && canFail(statements[i]),
      );
      const [first] = joins;
      if (first === undefined) continue;
      // Of `a; b || c` a chain would be made that runs `c` where `a` fails.
      const edits = joins
        .filter((join) => !hasOr(statements[separators.indexOf(join) + 1]))
        .map(({ span }) =>
          /\s/.test(model.tree.text[span.start - 1] ?? '')
            ? replace(span, '&&')
            : replace(span, ' &&'),
        );
      report({
        at: first,
        message: t('A failure before this `;` is lost, and the build goes on'),
        ...(edits.length > 0 && {
          fix: {
            title: edits.length > 1 ? t('Join all with &&') : t('Join with &&'),
            edits,
            safe: false,
          },
        }),
      });
    }
  },
});

/** No `-e`, neither of the shell nor set in the script. */
function stopsNowhere(model: Model, run: Run, { statements, dialect }: Script): boolean {
  if (dialect !== 'sh' && dialect !== 'bash') return false;
  // What only Windows has is told what to do by all that follows, and the shell around it knows no `;`.
  const [first] = statements;
  const program = first && firstCommand(first)?.[0];
  if (program !== undefined && /^(?:powershell|cmd)(?:\.exe)?$/i.test(program)) return false;
  const { argv } = model.stateAt(run).shell;
  const sets = (words: readonly string[]): boolean =>
    words.some((word) => /^-[a-z]*e/.test(word) || word === 'errexit');
  if (sets(argv.slice(1))) return false;
  return !statements.some(
    (statement) => firstCommand(statement)?.[0] === 'set' && sets(firstCommand(statement) ?? []),
  );
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
 * Plain commands and chains. What has `||` deals with its failures, `[ … ] && …` is a condition, and a block decides
 * for itself, at the end of a chain too.
 */
function canFail(statement: Statement | undefined): boolean {
  switch (statement?.kind) {
    case 'chain':
      return (
        !hasOr(statement) &&
        !statement.parts.some(isCondition) &&
        !decides(statement.parts.at(-1)) &&
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

/** `for`, `if` and their like, whose last command may well be a question. */
function decides(statement: Statement | undefined): boolean {
  return (
    statement?.kind === 'block' && statement.opener !== 'group' && statement.opener !== 'subshell'
  );
}

function isCondition(statement: Statement | undefined): boolean {
  if (statement?.kind === 'block') return statement.opener === 'test';
  return statement?.kind === 'command' && /^(?:\[|\[\[|test)$/.test(statement.name?.text ?? '');
}
