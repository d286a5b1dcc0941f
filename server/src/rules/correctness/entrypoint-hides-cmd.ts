/** Our own: what a shell is given behind its script is `$0`, `$1`, …, and nobody asks for them. */
import { rule } from '../../lint/rule.ts';
import type { Of } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { asJson } from '../../lint/edits/exec-form.ts';
import { lastIn } from '../../model/lineage.ts';

export default rule({
  summary: 'Write ENTRYPOINT as a JSON array where CMD gives its arguments',
  why: '`CMD` beside an `ENTRYPOINT` is its arguments. In the shell form, and behind `sh -c`, they go to the shell and not to the program, which never sees them; nor what stands behind the image in `docker run`. A script passes them on with `"$@"`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: [
    'https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact',
  ],
  on: { instructions: ['CMD'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        ENTRYPOINT python app.py
        «CMD ["--port", "8000"]»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        ENTRYPOINT ["python", "app.py"]
        CMD ["--port", "8000"]
      `,
    },
  ],
  check({ model, report }) {
    for (const stage of model.stages) {
      const cmd = stage.instructions.findLast(({ kind }) => kind === 'CMD') as
        Of<'CMD'> | undefined;
      const entrypoint = cmd && lastIn(stage, 'ENTRYPOINT');
      if (cmd?.command === undefined || entrypoint?.command === undefined) continue;
      if (cmd.command.form === 'exec' && cmd.command.argv.length === 0) continue;
      if (!losesArguments(entrypoint)) continue;
      const { form, span } = entrypoint.command;
      const fix = form === 'shell' ? asJson(model.script(entrypoint), span) : undefined;
      report({
        at: cmd,
        message: t('The shell in `ENTRYPOINT` drops this, and the program never sees it'),
        related: [{ at: entrypoint, message: t('The entry point') }],
        tag: 'unnecessary',
        ...(fix && { fix }),
      });
    }
  },
});

/** A shell whose script does not ask for its arguments. */
function losesArguments({ command }: Of<'ENTRYPOINT'>): boolean {
  if (command === undefined) return false;
  if (command.form === 'shell') return !asks(command.script.text);
  const [shell, ...rest] = command.argv;
  if (!/(?:^|\/)(?:ba|da|a|z)?sh$/.test(shell?.text ?? '')) return false;
  const script = rest[rest.findIndex(({ text }) => /^-[a-z]*c$/.test(text)) + 1];
  return rest.length > 1 && script?.text.startsWith('-') === false && !asks(script.text);
}

function asks(script: string): boolean {
  return /\$(?:[@*\d#]|\{[@*\d])/.test(script);
}
