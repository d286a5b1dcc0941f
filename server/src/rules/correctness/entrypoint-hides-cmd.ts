/** Our own: arguments after the script of `sh -c` become `$0`, `$1`, …, which the script does not use. */
import { rule } from '../../lint/rule.ts';
import { scriptEntrypoint } from '../../lint/parts.ts';
import type { InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { convertToJson } from '../../lint/edits/exec-form.ts';
import { lastIn } from '../../model/lineage.ts';

export default rule({
  summary: 'Use a JSON array for `ENTRYPOINT` if `CMD` provides its arguments',
  why: 'With an `ENTRYPOINT`, `CMD` provides its default arguments. If `ENTRYPOINT` uses the shell form or `sh -c`, the shell receives these arguments and the program does not. Arguments after the image in `docker run` do not reach the program either. Use the exec form, or pass the arguments on with `"$@"` in the script.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: [
    'https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact',
  ],
  on: { parts: scriptEntrypoint },
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
        InstructionOf<'CMD'> | undefined;
      const entrypoint = cmd && lastIn(stage, 'ENTRYPOINT');
      if (cmd?.command === undefined || entrypoint?.command === undefined) continue;
      if (cmd.command.form === 'exec' && cmd.command.argv.length === 0) continue;
      if (!dropsArguments(entrypoint)) continue;
      const { form, span } = entrypoint.command;
      const fix = form === 'shell' ? convertToJson(model.script(entrypoint), span) : undefined;
      report({
        at: cmd,
        message: t('No effect: the shell in `ENTRYPOINT` does not pass `CMD` on to the program'),
        related: [{ at: entrypoint, message: t('This `ENTRYPOINT` runs a shell') }],
        tag: 'unnecessary',
        ...(fix && { fix }),
      });
    }
  },
});

/** Whether it runs a shell whose script does not use its arguments. */
function dropsArguments({ command }: InstructionOf<'ENTRYPOINT'>): boolean {
  if (command === undefined) return false;
  if (command.form === 'shell') return !usesArguments(command.script.text);
  const [shell, ...rest] = command.argv;
  if (!/(?:^|\/)(?:ba|da|a|z)?sh$/.test(shell?.text ?? '')) return false;
  const script = rest[rest.findIndex(({ text }) => /^-[a-z]*c$/.test(text)) + 1];
  return rest.length > 1 && script?.text.startsWith('-') === false && !usesArguments(script.text);
}

function usesArguments(script: string): boolean {
  return /\$(?:[@*\d#]|\{[@*\d])/.test(script);
}
