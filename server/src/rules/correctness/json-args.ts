/** BuildKit JSONArgsRecommended: not where SHELL was chosen, in the stage or below it; hadolint DL3025, HEALTHCHECK too. */
import { t } from '@vscode/l10n';
import { rule, type Fix } from '../../lint/rule.ts';
import type { Script } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

export default rule({
  summary: 'Write CMD and ENTRYPOINT as JSON arrays',
  why: 'In the shell form a shell runs as process 1 and the program below it. `docker stop` then signals the shell, which does not pass it on, and after ten seconds the program is killed in the middle of its work.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3025'], buildkit: ['JSONArgsRecommended'] },
  links: ['https://docs.docker.com/reference/build-checks/json-args-recommended/'],
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        CMD «node server.js --port 3000»
      `,
      good: dockerfile`
        FROM node:24-slim
        CMD ["node", "server.js", "--port", "3000"]
      `,
    },
  ],
  *check({ model }) {
    for (const instruction of model.each('CMD', 'ENTRYPOINT')) {
      const { command, kind, onbuild, keyword } = instruction;
      if (onbuild === true || command?.form === 'exec') continue;
      const { shell } = model.stateAt(instruction);
      if (shell.argv.join(' ') !== '/bin/sh -c' && shell.argv[0] !== 'cmd') continue;
      const fix = command && asJson(model.script(instruction), command.span);
      yield {
        at: command ?? keyword,
        message: t('This `{0}` runs under a shell, which keeps signals from the program', kind),
        ...(fix && { fix }),
      };
    }
  },
});

/** One plain command without anything that only a shell understands. */
function asJson(script: Script | undefined, place: Span): Fix | undefined {
  const [statement, second] = script?.statements ?? [];
  if (statement?.kind !== 'command' || second !== undefined) return undefined;
  const { name, args, assignments, redirects } = statement;
  if (name === undefined || assignments.length > 0 || redirects.length > 0) return undefined;
  const words = [name, ...args];
  if (!words.every(({ literal, raw }) => literal && !/[*?~[\]{}]/.test(raw))) return undefined;
  if (['exec', 'cd', 'source', '.', 'export', 'eval'].includes(name.text)) return undefined;
  const json = `[${words.map(({ text }) => JSON.stringify(text)).join(', ')}]`;
  return { title: t('Write a JSON array'), edits: [replace(place, json)], safe: false };
}
