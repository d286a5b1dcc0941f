/** What a package manager may install: names that the file has elsewhere, then those that Dockerfiles install most. */
import { packageNames } from '../../reference/package-names.ts';
import { install, type Install, type Manager, type Package } from '../../programs/install.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { contains } from '../../text/span.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { t } from '../../text/translated.ts';
import { packageNote } from '../package-note.ts';
import { startable } from '../startable.ts';
import { lineage } from '../../model/lineage.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

/** None where the word at the cursor is no package, such as the value of an option. */
export function packages(place: Place, command: Command): readonly Completion[] {
  const wanted = wantedAt(place, command);
  if (wanted === undefined) return install(command) ? listAt(place, command) : [];
  const { installs, current, given: others } = wanted;
  const { elsewhere, above } = inFile(place, command, installs.manager);
  if (current.operator !== undefined) return versions(place, current, [...elsewhere, ...above]);
  const given = new Set(others.map(({ name }) => name));
  const names = new Set<string>();
  const fresh = (name: string): boolean =>
    !given.has(name) && !names.has(name) && !!names.add(name);
  const pinned = elsewhere
    .filter(({ name }) => fresh(name))
    .map(({ word: { text } }) =>
      plain(text, place.word, { kind: 'package', detail: t('installed elsewhere in this file') }),
    );
  const installed = new Set(above.map(({ name }) => name));
  const usual = (table().get(registryOf(installs.manager)) ?? [])
    .filter((name) => !installed.has(name) && fresh(name))
    .map((name) => usualName(name, place, installs));
  const again = above
    .filter(({ name }) => fresh(name))
    .map(({ name }) =>
      plain(name, place.word, { kind: 'package', detail: t('already installed in this stage') }),
    );
  return [...lists(place, wanted), ...pinned, ...usual, ...again];
}

/** Lists of packages that were copied, for pip: at first as an option, behind the option as its value. */
function lists(place: Place, { installs, given }: Wanted): readonly Completion[] {
  const { document, instruction, word } = place;
  if (instruction === undefined || registryOf(installs.manager) !== 'pip' || given.length > 0)
    return [];
  if (installs.invocation.has('-r', '--requirement', '-e', '--editable')) return [];
  return requirements(document.model, instruction).map((path) =>
    plain(`-r ${path}`, word, { kind: 'path', detail: t('in this stage') }),
  );
}

function requirements(model: Model, instruction: Instruction): readonly string[] {
  return startable(model, instruction).files.filter((path) =>
    /req[^/]*\.txt$|\/requirements\/[^/]+\.txt$/.test(path),
  );
}

/** The value of `-r` and `-c`. */
function listAt(
  { document, instruction, word, typed }: Place,
  command: Command,
): readonly Completion[] {
  const before = command.args.findLast(
    ({ span }) => span.end < word.start || (span.end === word.start && typed === ''),
  );
  if (
    instruction === undefined ||
    !/^(?:-r|-c|--requirement|--constraint)$/.test(before?.text ?? '')
  )
    return [];
  return requirements(document.model, instruction).map((path) =>
    plain(path, word, { kind: 'path', detail: t('in this stage') }),
  );
}

/** Programs that install from one registry. */
const registries: Partial<Record<Manager, Manager>> = { uv: 'pip', yarn: 'npm', pnpm: 'npm' };

function registryOf(manager: Manager): Manager {
  return registries[manager] ?? manager;
}

interface Wanted {
  readonly installs: Install;
  /** What stands at the cursor. */
  readonly current: Package;
  /** What else the command installs. */
  readonly given: readonly Package[];
}

/** The command read as if a word were written at the cursor: so it is told what that word would be. */
function wantedAt({ word, typed, offset }: Place, command: Command): Wanted | undefined {
  const at = word.start;
  const text = typed === '' ? 'x' : typed;
  const here: ShellWord = {
    span: word,
    text,
    raw: text,
    literal: true,
    variables: [],
    scripts: [],
  };
  const others = command.args.filter(({ span }) => !contains(span, offset) || span.end <= at);
  const args = [
    ...others.filter(({ span }) => span.end <= at),
    here,
    ...others.filter(({ span }) => span.end > at),
  ];
  const installs = install({ ...command, args });
  const current = installs?.packages.find((one) => one.word === here);
  const given = installs?.packages.filter((one) => one !== current) ?? [];
  return installs && current && { installs, current, given };
}

interface InFile {
  /** In other stages and further below. */
  readonly elsewhere: readonly Package[];
  /** Before the command, in the stages that its own goes on from and in its own. */
  readonly above: readonly Package[];
}

function inFile({ document: { model }, instruction }: Place, own: Command, by: Manager): InFile {
  const elsewhere: Package[] = [];
  const above: Package[] = [];
  const stages = new Set(lineage(instruction && model.stageOf(instruction)));
  for (const { command, stage } of model.commands()) {
    const found = command === own ? undefined : install(command);
    if (found === undefined || registryOf(found.manager) !== registryOf(by)) continue;
    const isAbove = stage !== undefined && stages.has(stage) && command.span.start < own.span.start;
    (isAbove ? above : elsewhere).push(
      ...found.packages.filter(({ from, word }) => from === 'registry' && word.literal),
    );
  }
  return { elsewhere, above };
}

/** What the file pins the same package to; nothing else is known without a registry. */
function versions(
  { word }: Place,
  { name, operator }: Package,
  others: readonly Package[],
): readonly Completion[] {
  const pinned = others.filter((one) => one.name === name && one.operator === operator);
  return [...new Set(pinned.map((one) => one.word.text))].map((text) =>
    plain(text, word, { kind: 'package', detail: t('installed elsewhere in this file') }),
  );
}

function usualName(name: string, { word }: Place, { manager, invocation }: Install): Completion {
  const detail = packageNote(name);
  // Outside of a module `go install` asks for a version.
  const versioned = manager === 'go' && invocation.subcommand?.text === 'install';
  return plain(name, word, {
    kind: 'package',
    ...(versioned && { insert: `${name}@latest` }),
    ...(detail !== undefined && { detail }),
  });
}

let byManager: ReadonlyMap<string, readonly string[]> | undefined;

/** Unfolded when first asked for: most sessions never are. */
function table(): ReadonlyMap<string, readonly string[]> {
  return (byManager ??= new Map(
    packageNames
      .trim()
      .split('\n')
      .map((line): [string, readonly string[]] => {
        const [manager = '', ...names] = line.split(' ');
        return [manager, names];
      }),
  ));
}
