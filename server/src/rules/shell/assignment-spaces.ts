/** ShellCheck SC1007, SC1066 and SC1068; the latter two have been SC2281 and SC2283 since 0.8. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Assign variables without spaces around `=`, and without `$`',
  why: 'To a shell, `VERSION = 1.2` is a program called `VERSION` with two arguments, and `$VERSION=1.2` is one whose name begins with what the variable holds. Neither assigns anything, and the step fails with “not found”. `VERSION= 1.2` runs a program called `1.2`, with an empty variable.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC1007', 'SC1066', 'SC1068', 'SC2281', 'SC2283'] },
  links: [
    'https://www.shellcheck.net/wiki/SC1007',
    'https://www.shellcheck.net/wiki/SC1066',
    'https://www.shellcheck.net/wiki/SC1068',
  ],
  on: { instructions: ['RUN'] },
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
      // Hardly any command begins so.
      const isOdd = assignments.length > 0 || args[0]?.raw === '=' || name?.raw.startsWith('$');
      if (name === undefined || !isOdd) continue;
      const found = spacedBehind(command, name) ?? spaced(command, name) ?? withSign(name);
      if (found === undefined || via !== 'direct') continue;
      const { dialect } = model.script(run) ?? {};
      if (dialect !== 'sh' && dialect !== 'bash') continue;
      report(found);
    }
  },
});

interface Found {
  readonly at: { readonly span: Span };
  readonly message: string;
  readonly also: readonly string[];
  readonly fix: Fix;
}

/** `A= b`; in front of a program with arguments, an empty variable is what is meant. */
function spacedBehind({ assignments, args }: Command, name: ShellWord): Found | undefined {
  const [only, more] = assignments;
  const [, variable] = /^([A-Za-z_]\w*)=$/.exec(only?.raw ?? '') ?? [];
  if (only === undefined || more !== undefined || variable === undefined) return undefined;
  if (variable === 'IFS' || args.length > 0 || !looksLikeValue(name.raw)) return undefined;
  const span = { start: only.span.start, end: name.span.end };
  return {
    at: { span },
    message: t('`{0}=` with a space behind it is empty, and `{1}` is run', variable, name.text),
    also: ['SC1007'],
    fix: {
      title: t('Write {0}', `${variable}=${name.raw}`),
      edits: [remove({ start: only.span.end, end: name.span.start })],
      safe: false,
    },
  };
}

/** What no program is called: it is quoted, a number, or the value of a variable or of a command. */
function looksLikeValue(raw: string): boolean {
  return /^["'$`\d]/.test(raw);
}

/** `A = b`; that a program takes `=` alone as its first argument is not heard of, except of `[` and `expr`. */
function spaced({ args: [sign, value, more] }: Command, name: ShellWord): Found | undefined {
  if (sign?.raw !== '=' || value === undefined || more !== undefined) return undefined;
  if (name.text === 'expr' || name.text === 'test' || name.raw !== name.text) return undefined;
  const span = { start: name.span.start, end: value.span.end };
  const edits = [
    remove({ start: name.span.end, end: sign.span.start }),
    remove({ start: sign.span.end, end: value.span.start }),
  ];
  return {
    at: { span },
    message: t('`{0} =` runs a program called `{0}`: there are spaces around `=`', name.text),
    also: ['SC1068', 'SC2283'],
    fix: { title: t('Write {0}', `${name.raw}=${value.raw}`), edits, safe: false },
  };
}

/** `$A=b`. */
function withSign({ raw, span }: ShellWord): Found | undefined {
  const [, variable] = /^\$([A-Za-z_]\w*)=/.exec(raw) ?? [];
  if (variable === undefined) return undefined;
  const edits = [remove({ start: span.start, end: span.start + 1 })];
  return {
    at: { span: { start: span.start, end: span.start + 1 + variable.length } },
    message: t('`${0}=` assigns nothing: a variable is set without `$`', variable),
    also: ['SC1066', 'SC2281'],
    fix: { title: t('Write {0}', raw.slice(1)), edits, safe: false },
  };
}
