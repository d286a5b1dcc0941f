/** ShellCheck SC2115, for variables whose value is not known from the file. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { ShellVariable, ShellWord } from '../../shell/script.ts';
import { variablesOf } from '../../shell/variables.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** Directories of the system; a variable before one of them is intended to hold another root directory. */
const systemDirectories =
  'bin boot dev etc home lib lib32 lib64 opt root run sbin srv usr var'.split(' ');
const dangerous = new RegExp(String.raw`^/(?:\*|\.\[|$|(?:${systemDirectories.join('|')})/?\*?$)`);
/** What a file with such a path contains: there may be quotes and continuations around the slash. */
const dangerousPath = new RegExp(String.raw`\$(?:\{\w+\}|\w+)["'\\${'`'}\s]*/["'\\${'`'}\s]*(?:\W|$|${systemDirectories.join('|')})`); // prettier-ignore

export default rule({
  summary: 'Use `${VARIABLE:?}` in paths that `rm -r` removes',
  why: 'If the variable is empty, `rm -rf "$DIR"/*` becomes `rm -rf /*`. It then removes the system directories, and the image contains what is left. With `${DIR:?}`, the shell stops with an error message if the variable is unset or empty.\n\nVariables that the Dockerfile or the same script sets are not reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC2115'] },
  links: ['https://www.shellcheck.net/wiki/SC2115'],
  on: { commands: ['rm'], signs: [dangerousPath] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ARG CACHE
        RUN make && rm -rf «"$CACHE"/*»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        ARG CACHE
        RUN make && rm -rf "\${CACHE:?}"/*
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('rm')) {
      const { command, run } = at;
      if (at.via === 'nested' || !command.args.some(({ text }) => isRecursive.test(text))) continue;
      const { dialect } = model.script(run) ?? {};
      if (dialect !== 'sh' && dialect !== 'bash') continue;
      for (const word of command.args) {
        const { variable, rest = '' } = leadingVariable(word) ?? {};
        if (variable === undefined || isKnown(model, at, variable.name)) continue;
        const { span } = variable;
        const isBare = span.end === variable.nameSpan.end;
        report({
          at: word,
          message: t('If `{0}` is empty, this removes `{1}`', variable.name, rest),
          fix: {
            title: t('Replace with `{0}`', `\${${variable.name}:?}`),
            edits: isBare
              ? [insert(variable.nameSpan.start, '{'), insert(span.end, ':?}')]
              : [insert(variable.nameSpan.end, ':?')],
            safe: false,
          },
        });
      }
    }
  },
});

const isRecursive = /^(?:-[a-zA-Z]*[rR][a-zA-Z]*|--recursive)$/;

/** The variable at the start of a word, where the rest of the word alone would be dangerous to remove. */
function leadingVariable(
  word: ShellWord,
): { readonly variable: ShellVariable; readonly rest: string } | undefined {
  const [variable] = word.variables;
  if (variable === undefined || word.variables.length > 1 || word.scripts.length > 0)
    return undefined;
  const [, braced, bare, rest = ''] = /^["']?\$(?:\{(\w+)\}|(\w+))(.*)$/s.exec(word.raw) ?? [];
  if ((braced ?? bare) !== variable.name) return undefined;
  const restUnquoted = rest.replaceAll('"', '');
  return dangerous.test(restUnquoted) ? { variable, rest: restUnquoted } : undefined;
}

/** Whether the Dockerfile sets the variable to a value, or the script assigns it at all. */
function isKnown(model: Model, { run }: CommandAt, name: string): boolean {
  if (name === 'HOME' || name === 'PWD') return true;
  const value = model.stateAt(run).variables.get(name)?.value;
  if (value !== undefined && value !== '') return true;
  const script = model.script(run);
  return script !== undefined && variablesOf(script).writes.some((one) => one.name === name);
}
