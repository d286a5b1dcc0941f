/** ShellCheck SC1010 and SC1081, where the shell can not read the script for it: `echo done` alone is fine. */
import { rule, type Problem, type Report } from '../../lint/rule.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** Those that end or part a block; as an argument each of them is a word like any other. */
const parting: ReadonlySet<string> = new Set(['do', 'done', 'then', 'fi', 'esac']);
const keyword = /^(?:if|then|else|elif|fi|do|done|for|while|until|case|esac)$/;

export default rule({
  summary: 'Write the words of the shell in lower case, and behind `;` or a line end',
  why: '`if`, `do`, `done` and the others are words of the shell only where a command begins, and only in lower case. `echo $f done` prints “done”, and the loop never ends: the step fails with “unexpected end of file”.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC1010', 'SC1081'] },
  links: ['https://www.shellcheck.net/wiki/SC1010', 'https://www.shellcheck.net/wiki/SC1081'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN for name in a b; do touch "/srv/$name" «done»
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN for name in a b; do touch "/srv/$name"; done
      `,
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «If» test -f /etc/hosts; then touch /srv/here; fi
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN if test -f /etc/hosts; then touch /srv/here; fi
      `,
    },
  ],
  check({ model, report }) {
    for (const run of model.each('RUN')) {
      const script = model.script(run);
      if (!script || script.errors.length === 0) continue;
      if (script.dialect !== 'sh' && script.dialect !== 'bash') continue;
      for (const { command, via } of model.commandsIn(run)) {
        if (via !== 'direct') continue;
        const cased = command.name && casedWrong(command.name);
        if (cased) report(cased);
        asArguments(command, report);
      }
    }
  },
});

function casedWrong({ raw, span }: ShellWord): Problem | undefined {
  const wanted = raw.toLowerCase();
  if (wanted === raw || !keyword.test(wanted)) return undefined;
  return {
    at: { span },
    message: t('`{0}` is `{1}` to a shell only in lower case', raw, wanted),
    also: ['SC1081'],
    fix: { title: t('Write {0}', wanted), edits: [replace(span, wanted)], safe: false },
  };
}

function asArguments({ name, args }: Command, report: Report): void {
  let before = name;
  for (const word of args) {
    if (parting.has(word.raw) && before) {
      report({
        at: word,
        message: t('`{0}` is an argument here: a `;` is missing before it', word.raw),
        also: ['SC1010'],
        fix: { title: t('Add {0}', ';'), edits: [insert(before.span.end, ';')], safe: false },
      });
    }
    before = word;
  }
}
