/** Our own: each RUN is a shell of its own. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { condaLike } from '../../programs/conda.ts';
import { isNamed } from '../../programs/program.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, Script, Statement } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

const lost = ['export', 'source', '.', ...condaLike, 'alias', 'ulimit', 'umask'];

export default rule({
  summary: 'Set variables for later steps with ENV, not with `export`',
  why: 'Each `RUN` is a shell of its own. What it exports, sources, activates or sets ends with it, and the next step and the container know nothing of it. `ENV` holds for all that follows; a virtual environment is on when its `bin` is in `PATH`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#env'],
  on: { commands: lost },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        RUN «export APP_MODE=production»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        ENV APP_MODE=production
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run, inside, via } of model.commands(...lost)) {
      if (via !== 'direct' || inside.some(({ kind }) => kind !== 'chain')) continue;
      const script = model.script(run);
      if (script === undefined || lastOf(script) !== command) continue;
      const name = nameOf(command) ?? '';
      const [first] = command.args;
      if (first === undefined || (isNamed(name, condaLike) && first.text !== 'activate')) continue;
      if (isAnswer(name, first.text)) continue;
      const fix = asEnv(model, run, command);
      report({
        at: command,
        message: t('What `{0}` sets ends with this step', name),
        ...(fix && { fix }),
      });
    }
  },
});

/** Files of functions and settings are sourced to look whether they can be; an activation never is. */
function isAnswer(name: string, operand: string): boolean {
  if (name === 'export') return !operand.includes('=');
  if (name !== 'source' && name !== '.') return operand.startsWith('-') && name !== 'ulimit';
  return !/(?:\/activate|(?:^|\/)\.?(?:bash|z?sh)rc|\/\.?(?:bash_)?profile|(?:\/|\.)env|setenv(?:\.sh)?|set(?:up)?_?vars\.sh|setup\.(?:ba)?sh|nvm\.sh)$/.test(operand); // prettier-ignore
}

/** What the script ends with. */
function lastOf({ statements }: Script): Command | undefined {
  let last: Statement | undefined = statements.at(-1);
  while (last?.kind === 'chain') last = last.parts.at(-1);
  return last?.kind === 'command' ? last : undefined;
}

/** Where the step does nothing else, and Docker reads the values as the shell did. */
function asEnv(model: Model, run: Run, { name, args, span }: Command): Fix | undefined {
  const [only] = model.script(run)?.statements ?? [];
  if (name?.text !== 'export' || only?.span.start !== span.start || only.kind !== 'command')
    return undefined;
  if (run.onbuild === true || run.flags.length > 0 || run.heredocs.length > 0) return undefined;
  const plain = args.every(
    ({ raw, scripts }) =>
      scripts.length === 0 && /^[A-Za-z_]\w*=/.test(raw) && !/[~*?`;\\]|\$[^\w{]/.test(raw),
  );
  if (!plain) return undefined;
  const text = `ENV ${args.map(({ raw }) => raw).join(' ')}`;
  return { title: t('Write {0}', text), edits: [replace(run.span, text)], safe: false };
}
