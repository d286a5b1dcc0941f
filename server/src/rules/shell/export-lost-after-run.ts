/** Not in other linters. Each RUN starts a new shell. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { condaLike } from '../../programs/conda.ts';
import { isNamed } from '../../programs/program.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, Script, Statement } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const commandNames = ['export', 'source', '.', ...condaLike, 'alias', 'ulimit', 'umask', 'cd', 'nvm', 'set']; // prettier-ignore

export default rule({
  summary: 'Use `ENV` instead of `export` to set variables for later steps',
  why: 'Each `RUN` starts a new shell. Variables that it exports, files that it sources, environments that it activates, and aliases and limits that it sets do not exist in the next step or in the container. `ENV` applies to all following instructions and to the container. To use a virtual environment, add its `bin` directory to `PATH`.\n\nOnly the last command of a step is reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['lost-environment'],
  links: ['https://docs.docker.com/reference/dockerfile/#env'],
  on: { commands: commandNames },
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
    for (const { command, run, ancestors, via } of model.commands(...commandNames)) {
      if (via !== 'direct' || ancestors.some(({ kind }) => kind !== 'chain')) continue;
      const script = model.script(run);
      if (script === undefined || lastCommand(script) !== command) continue;
      const name = nameOf(command) ?? '';
      const [first] = command.args;
      if (first === undefined || (isNamed(name, condaLike) && first.text !== 'activate')) continue;
      if (hasOtherPurpose(name, first.text)) continue;
      if (name === 'set' && script.statements[0] !== command) continue;
      if (name === 'cd' && returns(first.text) && model.commandsIn(run, 'cd', 'pushd').length > 1) continue; // prettier-ignore
      const fix = envInstead(model, run, command);
      report({
        at: command,
        message: t(
          '`{0}` at the end of a step has no effect on later steps',
          name === 'conda' ? 'conda activate' : name,
        ),
        ...(fix && { fix }),
      });
    }
  },
});

/**
 * Whether the command is useful although the step ends: `umask -S` prints, and a file of functions may be sourced to test
 * that it loads. A file that activates an environment is not sourced for that.
 */
function hasOtherPurpose(name: string, operand: string): boolean {
  if (name === 'export') return !operand.includes('=');
  if (name === 'nvm') return operand !== 'use';
  if (name === 'cd' || name === 'set') return false;
  if (name !== 'source' && name !== '.') return operand.startsWith('-') && name !== 'ulimit';
  return !/(?:\/activate|(?:^|\/)\.?(?:bash|z?sh)rc|\/\.?(?:bash_)?profile|(?:\/|\.)env|setenv(?:\.sh)?|set(?:up)?_?vars(?:\.sh)?|(?:^|\/|_)env(?:ironment)?(?:[-_]?(?:setup|vars))?(?:\.(?:ba|z)?sh)?|setup\.(?:ba)?sh|nvm\.sh|sdkman-init\.sh|conda\.sh|virtualenvwrapper\.sh)$/.test(operand); // prettier-ignore
}

/** Whether a directory is that of an earlier command: its own effect ends there, and none is expected later. */
function returns(directory: string): boolean {
  return /^(?:-|\$OLDPWD|(?:\.\.\/?)+)$/.test(directory);
}

/** The last command of a script. */
function lastCommand({ statements }: Script): Command | undefined {
  let last: Statement | undefined = statements.at(-1);
  while (last?.kind === 'chain') last = last.parts.at(-1);
  return last?.kind === 'command' ? last : undefined;
}

/** Where the step does nothing else, and Docker reads the values in the same way as the shell. */
function envInstead(model: Model, run: Run, { name, args, span }: Command): Fix | undefined {
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
  return { title: t('Replace with `{0}`', text), edits: [replace(run.span, text)], safe: false };
}
