/** ShellCheck SC2035. */
import { rule } from '../../lint/rule.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Let file patterns begin with `./`',
  why: '`*` becomes the names of all files, and one that begins with a dash is read as an option: with a file called `-rf`, `rm *` removes more than it should. `./*` names the same files, and none of them begins with a dash.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC2035'] },
  links: ['https://www.shellcheck.net/wiki/SC2035'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        WORKDIR /srv
        RUN rm -rf «*»
      `,
      good: dockerfile`
        FROM alpine:3.22
        WORKDIR /srv
        RUN rm -rf ./*
      `,
    },
  ],
  check({ model, report }) {
    if (!mayBegin(model.tree.text)) return;
    for (const { command, run, via } of model.commands()) {
      const word = patternIn(command);
      if (word === undefined || via !== 'direct') continue;
      const { dialect } = model.script(run) ?? {};
      if (dialect !== 'sh' && dialect !== 'bash') continue;
      const name = nameOf(command);
      // Two print what they are given, and no option begins a name; of `find` there is more to say.
      if (name === 'echo' || name === 'printf' || name === 'find') continue;
      report({
        at: word,
        message: t('A file whose name begins with a dash is an option here'),
        fix: {
          title: t('Write {0}', `./${word.raw}`),
          edits: [insert(word.span.start, './')],
          safe: false,
        },
      });
    }
  },
});

/** Whether anything in a text begins with a sign of patterns; to ask each word of each command takes much longer. */
function mayBegin(text: string): boolean {
  for (const sign of ['*', '?'])
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1))
      if (at > 0 && /\s/.test(text.charAt(at - 1))) return true;
  return false;
}

/** The first argument that is a pattern from its beginning on; behind `--` nothing is an option. */
function patternIn({ args }: Command): ShellWord | undefined {
  for (const word of args) {
    const { raw } = word;
    if (raw === '--') return undefined;
    if ((raw.startsWith('*') || raw.startsWith('?')) && !word.literal) return word;
  }
  return undefined;
}
