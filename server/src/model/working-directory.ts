/** Whether instructions depend on the working directory, so that another WORKDIR would change what they do. */
import { downloaders } from '../programs/downloaders.ts';
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import type { Instruction, Run } from '../syntax/tree.ts';
import type { CommandAt, Model, Stage } from './model.ts';

/**
 * Whether nothing but these steps depends on the working directory from the first of them on: up to the next absolute
 * WORKDIR, or to the end of the stage if no other stage is built from it.
 */
export function onlyTheseUseDirectory(model: Model, steps: readonly CommandAt[]): boolean {
  const [first] = steps;
  const stage = first?.stage;
  if (first === undefined || stage === undefined) return false;
  const runs = new Set<Instruction>(steps.map(({ run }) => run));
  for (const one of stage.instructions) {
    if (one.span.start < first.run.span.start || runs.has(one)) continue;
    if (one.kind === 'WORKDIR') return /^(?:\/|[A-Za-z]:[\\/])/.test(one.args[0]?.text ?? '');
    if (usesDirectory(model, one)) return false;
  }
  return !isBase(stage);
}

function isBase({ usedBy }: Stage): boolean {
  return usedBy.some(({ kind }) => kind === 'FROM');
}

function usesDirectory(model: Model, one: Instruction): boolean {
  switch (one.kind) {
    case 'COPY':
    case 'ADD':
      return !/^["']?(?:\/|[A-Za-z]:[\\/])/.test(one.target?.raw ?? '');
    case 'RUN':
      return runUsesDirectory(model, one);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
      return mayNameFile(model.tree.text.slice(one.keyword.span.end, one.span.end));
    case 'ONBUILD':
      return true;
    default:
      return false;
  }
}

/** Whether a command line has a word that may be a relative path: `server.js`, `bin/run`, `.`. */
function mayNameFile(line: string): boolean {
  return line
    .split(/[\s"',[\]]+/)
    .some((word) => /[./]/.test(word) && !/^(?:--?[\w-]+=)?(?:\/|[a-z]+:\/\/|[\d.:]+$)/.test(word));
}

function runUsesDirectory(model: Model, run: Run): boolean {
  if (run.heredocs.length > 0) return true;
  const commands = model.commandsIn(run);
  if (commands.length === 0) return true;
  // After `cd` to an absolute path, the directory before it does not matter.
  const [first] = commands;
  if (first && nameOf(first.command) === 'cd' && first.command.args[0]?.text.startsWith('/'))
    return !isFirstOfChain(model, first);
  return commands.some(({ command }) => commandUsesDirectory(command));
}

function isFirstOfChain(model: Model, { run, command }: CommandAt): boolean {
  const [chain, second] = model.script(run)?.statements ?? [];
  return second === undefined && chain?.kind === 'chain' && chain.parts[0] === command;
}

/** Programs that use no files of the working directory. */
const plainPrograms = words(
  'apt-get apt apk dnf microdnf yum zypper pacman echo printf useradd groupadd usermod adduser addgroup userdel passwd chpasswd update-ca-certificates ldconfig locale-gen true set sysctl systemctl apt-key',
);
/** Programs that use the files that their operands name. */
const filePrograms = words('rm mkdir ln mv cp touch cat rmdir test [ mktemp install');
/** The same, after an operand that is something else. */
const changingPrograms = words('chown chmod chgrp sed grep setcap');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function commandUsesDirectory(command: Command): boolean {
  const name = nameOf(command) ?? '';
  if (command.redirects.some(({ target }) => target && !isElsewhere(target))) return true;
  const operands = command.args.filter(({ text }) => !/^-|^\]$/.test(text));
  if (plainPrograms.has(name)) return command.args.some(({ text }) => /^\.{0,2}\/?[\w-]+\.\w+$|^\.{1,2}\//.test(text)); // prettier-ignore
  if (filePrograms.has(name)) return !operands.every(isElsewhere);
  if (changingPrograms.has(name)) return !operands.slice(1).every(isElsewhere);
  if (!(downloaders as readonly string[]).includes(name)) return true;
  return !namesOutput(command);
}

/** Whether a download is written to a path that is given. */
function namesOutput({ args, redirects }: Command): boolean {
  const at = args.findIndex(({ text }) => /^-[a-zA-Z]*[oO]$|^--output(?:-document)?$/.test(text));
  const to = args[at + 1];
  return redirects.length > 0 || (at >= 0 && to !== undefined && isElsewhere(to));
}

/** Whether a word is an absolute path, or something that is not a path. */
function isElsewhere({ text }: ShellWord): boolean {
  return /^[/&]/.test(text) || /^\d+$/.test(text);
}
