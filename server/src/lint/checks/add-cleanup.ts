/** Adds a command to a step that removes the cache that another command of the step has filled. */
import type { Fix } from '../rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { laterCommands } from '../../model/later-commands.ts';
import { removedPackages, removers } from '../../programs/removal.ts';
import { appendCommand, insertAfterPart } from '../edits/append-command.ts';

/**
 * At the end of the step; directly after the command if a later one removes packages or programs, among which may be
 * what the cleanup requires: `yum clean all` fails without yum's Python. A cleanup with `rm` needs none of them. Undefined
 * if the script is not a chain of commands with `&&`.
 */
export function addCleanup(model: Model, at: CommandAt, clear: string): Fix | undefined {
  const { run, command, via } = at;
  if (via === 'nested') return undefined;
  const wrapper = via === 'wrapped' ? at.ancestors.at(-1) : undefined;
  // Without the privileges of the command that filled the cache, removing it would fail.
  const prefix = wrapper === undefined ? '' : sudoPrefix(wrapper, command.span.start, model);
  if (prefix === undefined) return undefined;
  const text = prefix + clear;
  if (clear.startsWith('rm '))
    return removesPath(model, at, directoryOfShells) ? undefined : appendCommand(model, run, text);
  return removesProgramsLater(model, at)
    ? insertAfterPart(model, run, { inside: command, command: text })
    : appendCommand(model, run, text);
}

/** `sudo ` with its options; undefined for other wrappers, such as `chroot`, whose cache is elsewhere. */
function sudoPrefix(
  wrapper: CommandAt['ancestors'][number],
  end: number,
  { tree: { text } }: Model,
): string | undefined {
  if (wrapper.kind !== 'command') return undefined;
  const name = wrapper.name?.text;
  const before = text.slice(wrapper.span.start, end);
  if (name === 'sudo') return /^sudo(?: -\w+)* $/.test(before) ? before : 'sudo ';
  return name === 'env' || name === 'time' || name === 'eatmydata' ? '' : undefined;
}

function removesProgramsLater(model: Model, at: CommandAt): boolean {
  return (
    laterCommands(model, at, removers).some(
      ({ command }) => removedPackages(command) !== undefined,
    ) ||
    laterCommands(model, at, languageManagers).some(({ command }) =>
      command.args.some(({ text }) => uninstall.test(text)),
    ) ||
    removesPath(model, at, programPath)
  );
}

function removesPath(model: Model, at: CommandAt, path: RegExp): boolean {
  return laterCommands(model, at, ['rm', 'find']).some(({ command }) =>
    command.args.some(({ text }) => path.test(text)),
  );
}

/** Package managers that can remove themselves, as in `npm uninstall -g npm`. */
const languageManagers = [/^(?:npm|pnpm|yarn|pip[\d.]*|conda|mamba|gem)$/];
const uninstall = /^(?:uninstall|remove|rm|un|unlink|r)$/;

/** Where programs and their libraries are, or may be. */
const programPath =
  /^\/(?:\*|(?:usr|bin|sbin|lib\w*|opt)(?:\/|$))|\$|^~|\/\.(?:nvm|local|volta|fnm|pyenv)\b/;
/** Where `rm` is. */
const directoryOfShells = /^\/(?:\*|(?:usr|(?:usr\/)?s?bin)\/?\*?$)/;
