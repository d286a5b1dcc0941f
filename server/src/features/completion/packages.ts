/** Packages to install: names used elsewhere in the file, then the most common ones. */
import { packageNames } from '../../reference/package-names.ts';
import { installOf, type Install, type Manager, type Package } from '../../programs/install.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { contains } from '../../text/span.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import { packageNote } from '../package-note.ts';
import { startable } from '../startable.ts';
import { lineage } from '../../model/lineage.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

/** Empty if the word at the cursor is not a package, for example the value of an option. */
export function packages(place: Place, command: Command): readonly Completion[] {
  const query = packageQueryAt(place, command);
  if (query === undefined) return installOf(command) ? requirementValues(place, command) : [];
  const { installs, current, given: others } = query;
  const { elsewhere, above } = packagesInFile(place, command, installs.manager);
  if (current.operator !== undefined) return versions(place, current, [...elsewhere, ...above]);
  const otherNames = new Set(others.map(({ name }) => name));
  const names = new Set<string>();
  const isNew = (name: string): boolean =>
    !otherNames.has(name) && !names.has(name) && !!names.add(name);
  const pinnedItems = elsewhere
    .filter(({ name }) => isNew(name))
    .map(({ word: { text } }) =>
      plain(text, place.word, {
        kind: 'package',
        detail: t('installed elsewhere in this file'),
        isExpected: true,
      }),
    );
  const installed = new Set(above.map(({ name }) => name));
  const commonItems = (packageTable().get(registryOf(installs.manager)) ?? [])
    .filter((name) => !installed.has(name) && isNew(name))
    .map((name) => packageItem(name, place, installs));
  const installedItems = above
    .filter(({ name }) => isNew(name))
    .map(({ name }) =>
      plain(name, place.word, {
        kind: 'package',
        detail: t('already installed in this stage'),
        isExpected: false,
      }),
    );
  return [...requirementOptions(place, query), ...pinnedItems, ...commonItems, ...installedItems];
}

/** Copied requirements files for pip, as an option or as the value of an option. */
function requirementOptions(
  place: Place,
  { installs, given }: PackageQuery,
): readonly Completion[] {
  const { document, instruction, word } = place;
  if (instruction === undefined || registryOf(installs.manager) !== 'pip' || given.length > 0)
    return [];
  if (installs.invocation.has('-r', '--requirement', '-e', '--editable')) return [];
  return requirements(document.model, instruction).map((path) =>
    plain(`-r ${path}`, word, { kind: 'path', detail: t('in this stage'), isExpected: true }),
  );
}

function requirements(model: Model, instruction: Instruction): readonly string[] {
  return startable(model, instruction).files.filter((path) =>
    /req[^/]*\.txt$|\/requirements\/[^/]+\.txt$/.test(path),
  );
}

/** Completions for the value of `-r` and `-c`. */
function requirementValues(
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

/** Programs that install from the same registry. */
const registries: Partial<Record<Manager, Manager>> = { uv: 'pip', yarn: 'npm', pnpm: 'npm' };

function registryOf(manager: Manager): Manager {
  return registries[manager] ?? manager;
}

interface PackageQuery {
  readonly installs: Install;
  /** The package at the cursor. */
  readonly current: Package;
  /** The other packages of the command. */
  readonly given: readonly Package[];
}

/** Parses the command with a placeholder word at the cursor, to find out whether that word is a package. */
function packageQueryAt(
  { word, typed, offset }: Place,
  command: Command,
): PackageQuery | undefined {
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
  const installs = installOf({ ...command, args });
  const current = installs?.packages.find((one) => one.word === here);
  const given = installs?.packages.filter((one) => one !== current) ?? [];
  return installs && current && { installs, current, given };
}

interface FilePackages {
  /** In other stages, and further below. */
  readonly elsewhere: readonly Package[];
  /** Before the command, in its own stage and the stages it is based on. */
  readonly above: readonly Package[];
}

function packagesInFile(
  { document: { model }, instruction }: Place,
  own: Command,
  by: Manager,
): FilePackages {
  const elsewhere: Package[] = [];
  const above: Package[] = [];
  const stages = new Set(lineage(instruction && model.stageOf(instruction)));
  for (const run of model.each('RUN')) {
    const stage = model.stageOf(run);
    for (const { command } of model.commandsOf(run)) {
      const found = command === own ? undefined : installOf(command);
      if (found === undefined || registryOf(found.manager) !== registryOf(by)) continue;
      const isAbove =
        stage !== undefined && stages.has(stage) && command.span.start < own.span.start;
      addNamed(found.packages, isAbove ? above : elsewhere);
    }
  }
  return { elsewhere, above };
}

/** Adds the packages of a registry whose names are written out. */
function addNamed(packages: readonly Package[], list: Package[]): void {
  for (const one of packages) if (one.from === 'registry' && one.word.literal) list.push(one);
}

/** Versions to which the file pins the same package; others are unknown without a registry. */
function versions(
  { word }: Place,
  { name, operator }: Package,
  others: readonly Package[],
): readonly Completion[] {
  const pinnedItems = others.filter((one) => one.name === name && one.operator === operator);
  return [...new Set(pinnedItems.map((one) => one.word.text))].map((text) =>
    plain(text, word, { kind: 'package', detail: t('installed elsewhere in this file') }),
  );
}

function packageItem(name: string, { word }: Place, { manager, invocation }: Install): Completion {
  const detail = packageNote(name);
  // Outside a module, `go install` requires a version.
  const versioned = manager === 'go' && invocation.subcommand?.text === 'install';
  return plain(name, word, {
    kind: 'package',
    ...(versioned && { insert: `${name}@latest` }),
    ...(detail !== undefined && { detail }),
  });
}

let byManager: ReadonlyMap<string, readonly string[]> | undefined;

/** Decoded on first use, because most sessions do not need it. */
function packageTable(): ReadonlyMap<string, readonly string[]> {
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
