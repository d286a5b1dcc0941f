/** ShellCheck SC2115, where the file does not say what the variable holds. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { ShellVariable, ShellWord } from '../../shell/script.ts';
import { variablesOf } from '../../shell/variables.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** Folders without which no image works; a variable in front of them is meant to be another root. */
const ofSystem = 'bin boot dev etc home lib lib32 lib64 opt root run sbin srv usr var'.split(' ');
const dangerous = new RegExp(String.raw`^/(?:\*|\.\[|$|(?:${ofSystem.join('|')})/?\*?$)`);

export default rule({
  summary: 'Do not remove `$VARIABLE/…` where the variable may be empty',
  why: 'Where the variable is empty, `rm -rf "$DIR"/*` is `rm -rf /*`: it removes the system under the step, and what is left of it becomes the image. `${DIR:?}` ends the step with a message instead.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC2115'] },
  links: ['https://www.shellcheck.net/wiki/SC2115'],
  on: { commands: ['rm'] },
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
        const { variable, rest = '' } = leading(word) ?? {};
        if (variable === undefined || isKnown(model, at, variable.name)) continue;
        const { span } = variable;
        const isBare = span.end === variable.nameSpan.end;
        report({
          at: word,
          message: t('With an empty `{0}` this removes `{1}`', variable.name, rest),
          fix: {
            title: t('Write {0}', `\${${variable.name}:?}`),
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

/** The variable that a word begins with, where what is behind it would be dangerous alone. */
function leading(
  word: ShellWord,
): { readonly variable: ShellVariable; readonly rest: string } | undefined {
  const [variable] = word.variables;
  if (variable === undefined || word.variables.length > 1 || word.scripts.length > 0)
    return undefined;
  const [, braced, bare, rest = ''] = /^["']?\$(?:\{(\w+)\}|(\w+))(.*)$/s.exec(word.raw) ?? [];
  if ((braced ?? bare) !== variable.name) return undefined;
  const alone = rest.replaceAll('"', '');
  return dangerous.test(alone) ? { variable, rest: alone } : undefined;
}

/** Set in the file to something, or in the script to whatever it is. */
function isKnown(model: Model, { run }: CommandAt, name: string): boolean {
  if (name === 'HOME' || name === 'PWD') return true;
  const value = model.stateAt(run).variables.get(name)?.value;
  if (value !== undefined && value !== '') return true;
  const script = model.script(run);
  return script !== undefined && variablesOf(script).writes.some((one) => one.name === name);
}
