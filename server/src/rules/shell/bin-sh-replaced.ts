/** hadolint DL4005. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `SHELL` instead of replacing `/bin/sh`',
  why: 'A link at `/bin/sh` changes the shell of every script in the image, including the scripts of packages, and a package update may restore the original. `SHELL` only sets the shell of the following instructions.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['sh-replaced'],
  also: { hadolint: ['DL4005'] },
  links: ['https://docs.docker.com/reference/dockerfile/#shell'],
  on: { commands: ['ln'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN ln -sf /bin/bash «/bin/sh»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        SHELL ["/bin/bash", "-c"]
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('ln')) {
      const link = at.command.args.find(({ text }, i) => i > 0 && text === '/bin/sh');
      // The first of two operands is the target of the link.
      if (link === undefined || link !== at.command.args.at(-1)) continue;
      const fix = shellInstead(model, at);
      report({
        at: link,
        message: t('This replaces the shell for every script in the image'),
        ...(fix && { fix }),
      });
    }
  },
});

/** Where the step does nothing else. */
function shellInstead(model: Model, { command, run }: CommandAt): Fix | undefined {
  const [only, second] = model.script(run)?.statements ?? [];
  const shell = command.args.at(-2);
  if (only !== command || second !== undefined || run.onbuild === true) return undefined;
  if (shell === undefined || !/^(?:\/usr)?(?:\/local)?\/?(?:bin\/)?bash$/.test(shell.text))
    return undefined;
  const path = shell.text.startsWith('/') ? shell.text : '/bin/bash';
  const text = `SHELL [${JSON.stringify(path)}, "-c"]`;
  return { title: t('Replace with `{0}`', text), edits: [replace(run.span, text)], safe: false };
}
