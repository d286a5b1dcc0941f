/** Not in other linters: only shells run `$(…)`, and no shell reads ENV. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const shells = ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh'];

/** Variables that a shell evaluates when it prints them. */
const evaluated = /^(?:PS[0-4]|PROMPT|RPROMPT|PROMPT_COMMAND)$/;

export default rule({
  summary: 'Do not use `$(…)` in `ENV`, `ARG` and paths',
  why: '`ENV`, `ARG`, `LABEL`, `WORKDIR` and `COPY` expand variables but do not run commands. With `ENV DATE="$(date)"`, the variable contains the text `$(date)`. Use the command in a `RUN`, or pass its output with `--build-arg`.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: {
    instructions: ['ENV', 'ARG', 'LABEL', 'WORKDIR', 'COPY', 'ADD', 'USER'],
    signs: ['$(', '`'],
  },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        ENV SITE=«"$(python -m site --user-site)"»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        ENV SITE=/root/.local/lib/python3.13/site-packages
      `,
    },
  ],
  check({ model, report }) {
    const { escape } = model.source;
    let scripts: ReadonlySet<string> | undefined;
    const check = (word: Word | undefined, name?: string): void => {
      if (word === undefined || !isSubstitution(word, escape)) return;
      if (name !== undefined && (scripts ??= evaluatedVariables(model)).has(name)) return;
      report({ at: word, message: t('No command is run here; the value is the text `{0}`', shortened(word.text)) }); // prettier-ignore
    };
    for (const { kind, pairs } of model.each('ENV', 'ARG', 'LABEL'))
      for (const { key, value } of pairs) {
        if (evaluated.test(key.text)) continue;
        if ((kind === 'LABEL' && value?.raw.includes('$(') !== true)) continue; // prettier-ignore
        check(value, key.text);
      }
    for (const { args } of model.each('WORKDIR', 'USER')) for (const word of args) check(word);
    for (const { sources, target } of model.each('COPY', 'ADD')) {
      for (const word of sources) check(word);
      check(target);
    }
  },
});

/** Variables with a script that a step runs: `eval "$SCRIPT"`, `bash -c "$SCRIPT"`. */
function evaluatedVariables(model: Model): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { command } of model.commands('eval', ...shells)) {
    const { args } = command;
    const isScript = nameOf(command) === 'eval' || args.some(({ text }) => /^-[a-z]*c$/.test(text));
    if (!isScript) continue;
    for (const { raw } of args) {
      const name = /^"?\$\{?(\w+)\}?"?$/.exec(raw)?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

function isSubstitution({ raw, quote }: Word, escape: string): boolean {
  if (quote === "'" || !(raw.includes('$(') || raw.includes('`'))) return false;
  return /(?:^|[^\\$])\$\([^)]+\)/.test(raw) || (escape !== '`' && /^"?`[^`]+`"?$/.test(raw));
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
