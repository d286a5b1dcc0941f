/** Corrects the names and versions of packages that do not exist. */
import { nameOf } from '../../shell/commands.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import type { Manager } from '../../programs/install.ts';
import { packageNames } from '../../reference/package-names.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { insert, remove, replace } from '../../text/edit.ts';
import { memoize } from '../../text/memoize.ts';
import { t } from '../../text/translation.ts';
import type { CauseFix } from '../cause.ts';
import { textOf, type FailedRun } from '../run/context.ts';
import type { PackageAt } from '../run/package-at.ts';

const namesOf = memoize(20, (manager: string): readonly string[] => {
  const line = packageNames.split('\n').find((one) => one.startsWith(`${manager} `));
  return line?.split(' ').slice(1) ?? [];
});

const sameRegistry: Readonly<Partial<Record<Manager, Manager>>> = {
  uv: 'pip',
  yarn: 'npm',
  pnpm: 'npm',
};

interface Explained {
  readonly message: string;
  readonly fixes: readonly CauseFix[];
}

/** Why a package may be missing, and what can be done: an update of the index, or another name. */
export function packageFixes(run: FailedRun, found: PackageAt): Explained {
  const { one, manager } = found;
  const update = updateFix(run, found);
  const shown = one.word.literal ? one.name : textOf(run, one.word);
  if (update) {
    const message = t(
      'Package `{0}` was not found: `apt-get update` does not run before this',
      shown,
    );
    return { message, fixes: [update] };
  }
  const known = namesOf(sameRegistry[manager] ?? manager);
  const similar =
    known.includes(one.name) || one.name.length < 3 ? undefined : closestMatch(one.name, known);
  if (
    similar === undefined ||
    one.word.raw !== one.word.text ||
    !one.word.text.startsWith(one.name)
  )
    return { message: t('Package `{0}` was not found', shown), fixes: [] };
  const { start } = one.word.span;
  const edit = replace({ start, end: start + one.name.length }, similar);
  return {
    message: t('Package `{0}` was not found; did you mean `{1}`?', one.name, similar),
    fixes: [{ title: t('Replace with `{0}`', similar), edits: [edit], preferred: true }],
  };
}

/** `apt-get` needs an index: no image has one, unless an earlier step leaves one in the layer. */
function updateFix(
  { document, instruction }: FailedRun,
  { at, manager }: PackageAt,
): CauseFix | undefined {
  if (manager !== 'apt') return undefined;
  const updates = document.model
    .commands(...aptLike)
    .filter(({ command }) => isVerb(invoke(command, apt), apt.verbs.update));
  const isBefore = updates.some(({ command }) => command.span.start < at.command.span.start);
  const name = nameOf(at.command);
  // `sudo apt-get` and `sh -c` are not changed.
  if (
    isBefore ||
    at.via !== 'direct' ||
    name === undefined ||
    instruction.command?.form !== 'shell'
  )
    return undefined;
  const command = `${name} update`;
  return {
    title: t('Add `{0}`', command),
    edits: [insert(at.command.span.start, `${command} && `)],
    preferred: true,
  };
}

/** Removes a version that does not exist. */
export function versionFixes({ one }: PackageAt): readonly CauseFix[] {
  const { word, name } = one;
  if (word.raw !== word.text || !word.text.startsWith(name) || word.text === name) return [];
  const { start, end } = word.span;
  return [
    {
      title: t('Remove the version of `{0}`', name),
      edits: [remove({ start: start + name.length, end })],
      preferred: false,
    },
  ];
}
