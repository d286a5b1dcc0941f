/** ShellCheck SC1007, SC1066 and SC1068; ShellCheck 0.8 replaced the last two by SC2281 and SC2283. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Assign variables without spaces around `=` and without `$`',
  why: 'In a shell, `VERSION = 1.2` runs a command named `VERSION` with two arguments, and `VERSION= 1.2` runs a command named `1.2` with an empty variable. `$VERSION=1.2` is expanded first, and the result is run as a command. None of them assigns the value, and the step fails with "not found".',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC1007', 'SC1066', 'SC1068', 'SC2281', 'SC2283'] },
  links: [
    'https://www.shellcheck.net/wiki/SC1007',
    'https://www.shellcheck.net/wiki/SC1066',
    'https://www.shellcheck.net/wiki/SC1068',
  ],
  // A space or the end of a line after `=`, or `$NAME=`.
  on: { instructions: ['RUN'], signs: [/=[\s\\`]|\$\w+(?:[\\`]\s*)?=/] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «VERSION = 1.2» && wget -q "https://example.org/tool-$VERSION.tar.gz"
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN VERSION=1.2 && wget -q "https://example.org/tool-$VERSION.tar.gz"
      `,
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «VERSION= 1.2» && wget -q "https://example.org/tool-$VERSION.tar.gz"
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN VERSION=1.2 && wget -q "https://example.org/tool-$VERSION.tar.gz"
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run, via } of model.commands()) {
      const { name, args, assignments } = command;
      // Few commands begin like an assignment, so most are skipped early.
      const mayBeAssignment =
        assignments.length > 0 || args[0]?.raw === '=' || name?.raw.startsWith('$');
      if (name === undefined || !mayBeAssignment) continue;
      const problem =
        spaceAfterEquals(command, name) ??
        spacesAroundEquals(command, name) ??
        dollarBeforeName(name);
      if (problem === undefined || via !== 'direct') continue;
      const { dialect } = model.script(run) ?? {};
      if (dialect !== 'sh' && dialect !== 'bash') continue;
      report(problem);
    }
  },
});

interface AssignmentProblem {
  readonly at: { readonly span: Span };
  readonly message: string;
  readonly also: readonly string[];
  readonly fix: Fix;
}

/** `A= b`. Before a command with arguments, an empty variable is intended, as in `IFS= read -r line`. */
function spaceAfterEquals(
  { assignments, args }: Command,
  name: ShellWord,
): AssignmentProblem | undefined {
  const [only, more] = assignments;
  const [, variable] = /^([A-Za-z_]\w*)=$/.exec(only?.raw ?? '') ?? [];
  if (only === undefined || more !== undefined || variable === undefined) return undefined;
  if (variable === 'IFS' || args.length > 0 || !looksLikeValue(name.raw)) return undefined;
  const span = { start: only.span.start, end: name.span.end };
  return {
    at: { span },
    message: t(
      '`{0}=` followed by a space sets an empty value, and `{1}` is run as a command',
      variable,
      name.text,
    ),
    also: ['SC1007'],
    fix: {
      title: t('Remove the space after `=`'),
      edits: [remove({ start: only.span.end, end: name.span.start })],
      safe: false,
    },
  };
}

/** Whether a word is unlikely to be a command name: it begins with a quote, a digit or an expansion. */
function looksLikeValue(raw: string): boolean {
  return /^["'$`\d]/.test(raw);
}

/** `A = b`. No known command except `test` and `expr` takes `=` alone as its first argument. */
function spacesAroundEquals(
  { args: [equals, value, more] }: Command,
  name: ShellWord,
): AssignmentProblem | undefined {
  if (equals?.raw !== '=' || value === undefined || more !== undefined) return undefined;
  if (name.text === 'expr' || name.text === 'test' || name.raw !== name.text) return undefined;
  const span = { start: name.span.start, end: value.span.end };
  const edits = [
    remove({ start: name.span.end, end: equals.span.start }),
    remove({ start: equals.span.end, end: value.span.start }),
  ];
  return {
    at: { span },
    message: t(
      '`{0} =` runs a command named `{0}`; an assignment has no spaces around `=`',
      name.text,
    ),
    also: ['SC1068', 'SC2283'],
    fix: { title: t('Remove the spaces around `=`'), edits, safe: false },
  };
}

/** `$A=b`. */
function dollarBeforeName({ raw, span }: ShellWord): AssignmentProblem | undefined {
  const [, variable] = /^\$([A-Za-z_]\w*)=/.exec(raw) ?? [];
  if (variable === undefined) return undefined;
  const edits = [remove({ start: span.start, end: span.start + 1 })];
  return {
    at: { span: { start: span.start, end: span.start + 1 + variable.length } },
    message: t('`${0}=` is not an assignment; the variable name has no `$`', variable),
    also: ['SC1066', 'SC2281'],
    fix: { title: t('Remove `{0}`', '$'), edits, safe: false },
  };
}
