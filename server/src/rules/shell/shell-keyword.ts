/** ShellCheck SC1010 and SC1081, only where the shell cannot parse the script because of it: `echo done` alone is valid. */
import { rule, type Problem, type Report } from '../../lint/rule.ts';
import { scriptError } from '../../lint/parts.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** Keywords that continue or end a block. As an argument, each of them is an ordinary word. */
const blockKeywords: ReadonlySet<string> = new Set(['do', 'done', 'then', 'fi', 'esac']);
const keyword = /^(?:if|then|else|elif|fi|do|done|for|while|until|case|esac)$/;

export default rule({
  summary: 'Write shell keywords in lowercase and after `;` or a line break',
  why: 'The shell recognizes `if`, `do`, `done` and other keywords only at the beginning of a command and only in lowercase. In `do echo $f done`, the word `done` is an argument of `echo`, so the loop has no end, and the step fails with "unexpected end of file".',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC1010', 'SC1081'] },
  links: ['https://www.shellcheck.net/wiki/SC1010', 'https://www.shellcheck.net/wiki/SC1081'],
  on: { parts: scriptError },
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
        const problem = command.name && wrongCase(command.name);
        if (problem) report(problem);
        reportArguments(command, report);
      }
    }
  },
});

function wrongCase({ raw, span }: ShellWord): Problem | undefined {
  const lowercase = raw.toLowerCase();
  if (lowercase === raw || !keyword.test(lowercase)) return undefined;
  return {
    at: { span },
    message: t('`{0}` is not a shell keyword; use lowercase `{1}`', raw, lowercase),
    also: ['SC1081'],
    fix: {
      title: t('Replace `{0}` with `{1}`', raw, lowercase),
      edits: [replace(span, lowercase)],
      safe: false,
    },
  };
}

function reportArguments({ name, args }: Command, report: Report): void {
  let before = name;
  for (const word of args) {
    if (blockKeywords.has(word.raw) && before) {
      report({
        at: word,
        message: t('`{0}` is an argument here because `;` is missing before it', word.raw),
        also: ['SC1010'],
        fix: { title: t('Add `{0}`', ';'), edits: [insert(before.span.end, ';')], safe: false },
      });
    }
    before = word;
  }
}
