/** ShellCheck SC2035. */
import { rule } from '../../lint/rule.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `./*` instead of `*` as an argument',
  why: 'The shell replaces `*` with the names of all files, and a command reads a name that begins with a dash as an option: with a file named `-rf`, `rm *` removes more than intended. `./*` matches the same files, and none of the names begins with a dash.\n\nIgnore this rule where the names of the files are known.',
  severity: 'off',
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
    if (!mayHavePattern(model.tree.text)) return;
    for (const { command, run, via } of model.commands()) {
      const word = patternIn(command);
      if (word === undefined || via !== 'direct') continue;
      const { dialect } = model.script(run) ?? {};
      if (dialect !== 'sh' && dialect !== 'bash') continue;
      const name = nameOf(command);
      // `echo` and `printf` only print their arguments. `find` has the rule `find-pattern`.
      if (name === 'echo' || name === 'printf' || name === 'find') continue;
      report({
        at: word,
        message: t('A file name that begins with `-` is read as an option here'),
        fix: {
          title: t('Replace `{0}` with `{1}`', word.raw, `./${word.raw}`),
          edits: [insert(word.span.start, './')],
          safe: false,
        },
      });
    }
  },
});

/** Whether any word in a text begins with `*` or `?`. Checking every word of every command takes much longer. */
function mayHavePattern(text: string): boolean {
  for (const wildcard of ['*', '?'])
    for (let at = text.indexOf(wildcard); at >= 0; at = text.indexOf(wildcard, at + 1))
      if (at > 0 && /\s/.test(text.charAt(at - 1))) return true;
  return false;
}

/** The first argument that begins with a wildcard. After `--`, no argument is read as an option. */
function patternIn({ args }: Command): ShellWord | undefined {
  for (const word of args) {
    const { raw } = word;
    if (raw === '--') return undefined;
    if ((raw.startsWith('*') || raw.startsWith('?')) && !word.literal) return word;
  }
  return undefined;
}
