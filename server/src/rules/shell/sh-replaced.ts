/** hadolint DL4005. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Choose the shell with SHELL, not by a link over `/bin/sh`',
  why: 'A link over `/bin/sh` changes the shell of every script of the system, also those of packages, and the next update may put it back. `SHELL` changes it for this file, and says so.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
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
    for (const met of model.commands('ln')) {
      const link = met.command.args.find(({ text }, i) => i > 0 && text === '/bin/sh');
      // As the first of two it is what is linked to.
      if (link === undefined || link !== met.command.args.at(-1)) continue;
      const fix = asShell(model, met);
      report({
        at: link,
        message: t('This changes the shell of the whole system'),
        ...(fix && { fix }),
      });
    }
  },
});

/** Where the step does nothing else. */
function asShell(model: Model, { command, run }: CommandAt): Fix | undefined {
  const [only, second] = model.script(run)?.statements ?? [];
  const shell = command.args.at(-2);
  if (only !== command || second !== undefined || run.onbuild === true) return undefined;
  if (shell === undefined || !/^(?:\/usr)?(?:\/local)?\/?(?:bin\/)?bash$/.test(shell.text))
    return undefined;
  const path = shell.text.startsWith('/') ? shell.text : '/bin/bash';
  const text = `SHELL [${JSON.stringify(path)}, "-c"]`;
  return { title: t('Write {0}', text), edits: [replace(run.span, text)], safe: false };
}
