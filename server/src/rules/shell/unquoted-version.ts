/** Not in other linters: the shell reads `>` in a version as a redirection. */
import { rule } from '../../lint/rule.ts';
import { installOf } from '../../programs/install.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, Redirect, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Quote versions with `>` and `<`',
  why: "In `pip install flask>=3.1`, the shell reads `>=3.1` as a redirection: pip installs any version of flask, and its output goes to a file named `=3.1`. With `<`, the shell looks for a file and fails. Quote the whole requirement: `'flask>=3.1'`.",
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://pip.pypa.io/en/stable/cli/pip_install/'],
  // What follows the operator, which may be on the next line.
  on: { instructions: ['RUN'], signs: [/[<>][\s"']*[=v\d\\`]/] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        RUN pip install --no-cache-dir «flask>=3.1.2»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        RUN pip install --no-cache-dir 'flask>=3.1.2'
      `,
    },
  ],
  check({ model, report }) {
    const { text } = model.source;
    for (const { command, via, ancestors } of model.commands()) {
      // The redirections of `python -m pip` belong to `python`.
      const outer = via === 'wrapped' ? ancestors.at(-1) : command;
      const redirects = outer?.kind === 'command' ? outer.redirects : [];
      if (redirects.length === 0 || !installs(command)) continue;
      for (const redirect of redirects) {
        const word = requirementBefore(command, redirect);
        if (word === undefined || redirect.target === undefined) continue;
        const at = { span: { start: word.span.start, end: endOfRange(redirect, redirects) } };
        const written = text.slice(at.span.start, at.span.end);
        report({
          at,
          message: t('The shell reads `{0}` as a redirection, not as a version', written.slice(word.raw.length)), // prettier-ignore
          ...(via !== 'nested' &&
            !written.includes("'") && {
              fix: {
                title: t('Replace `{0}` with `{1}`', written, `'${written}'`),
                edits: [insert(at.span.start, "'"), insert(at.span.end, "'")],
                safe: false,
              },
            }),
        });
      }
    }
  },
});

/** Where a requirement ends: `>=2.0,<3.0` is two redirections. */
function endOfRange({ span, target }: Redirect, redirects: readonly Redirect[]): number {
  const end = target?.span.end ?? span.end;
  const next = redirects.find((one) => one.span.start === end);
  return next?.target?.span.end ?? end;
}

function installs(command: Command): boolean {
  if (installOf(command) !== undefined) return true;
  return nameOf(command) === 'poetry' && command.args[0]?.text === 'add';
}

/** The name directly before a redirection that looks like a version. */
function requirementBefore(
  { args }: Command,
  { operator, span, target }: Redirect,
): ShellWord | undefined {
  if ((operator !== '>' && operator !== '<') || !/^=?v?\d[\w.*+,-]*$|^=\$/.test(target?.text ?? ''))
    return undefined;
  return args.find(
    (word) => word.span.end === span.start && /^[A-Za-z@][\w.[\],/@-]*$/.test(word.raw),
  );
}
