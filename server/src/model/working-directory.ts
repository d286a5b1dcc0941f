/** Whether instructions depend on the working directory, so that another WORKDIR would change what they do. */
import { downloaders } from '../programs/downloaders.ts';
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import type { Instruction, Run } from '../syntax/tree.ts';
import { firstFrom } from '../text/sorted.ts';
import type { CommandAt, Model, Stage } from './model.ts';

/**
 * Returns whether nothing but some steps depends on the working directory from the first of them on: up to the next absolute
 * WORKDIR, or to the end of the stage if no other stage is built from it. Each instruction is read once, however many are asked for.
 */
export function directoryUses(model: Model): (steps: readonly CommandAt[]) => boolean {
  /** For instructions of each stage, the index of the next one that uses or sets the directory. */
  const known = new Map<Stage, number[]>();
  const nextUse = (stage: Stage, all: readonly Instruction[], from: number): number => {
    let next = known.get(stage);
    if (next === undefined) known.set(stage, (next = []));
    let at = from;
    while (at < all.length && next[at] === undefined && !isUse(model, all[at] as Instruction)) at++;
    const found = at < all.length ? (next[at] ?? at) : at;
    for (let i = from; i <= at && i < all.length; i++) next[i] = found;
    return found;
  };
  return (steps) => {
    const [first] = steps;
    const stage = first?.stage;
    if (first === undefined || stage === undefined) return false;
    const runs = new Set<Instruction>(steps.map(({ run }) => run));
    const all = stage.instructions;
    let at = nextUse(stage, all, firstFrom(all, first.run.span.start));
    while (at < all.length && runs.has(all[at] as Instruction)) at = nextUse(stage, all, at + 1);
    const one = all[at];
    if (one === undefined) return !isBase(stage);
    return one.kind === 'WORKDIR' && /^(?:\/|[A-Za-z]:[\\/])/.test(one.args[0]?.text ?? '');
  };
}

function isUse(model: Model, one: Instruction): boolean {
  return one.kind === 'WORKDIR' || usesDirectory(model, one);
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
