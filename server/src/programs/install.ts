/** What a command installs, for all package managers. */
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { apk } from './apk.ts';
import { apt, aptSatisfies } from './apt.ts';
import { cargo } from './cargo.ts';
import { bundle } from './bundle.ts';
import { composer } from './composer.ts';
import { conda } from './conda.ts';
import { dnf } from './dnf.ts';
import { gem } from './gem.ts';
import { go } from './go.ts';
import { npm } from './npm.ts';
import { pacman, pacmanInstalls } from './pacman.ts';
import { pip, poetry, uv, uvPip, uvTool } from './pip.ts';
import { pnpm } from './pnpm.ts';
import { invoke, isVerb, type Invocation, type PackageManager, type Program } from './program.ts';
import { yarn } from './yarn.ts';
import { zypper } from './zypper.ts';
import * as spec from './specifiers.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { memoize } from '../text/memoize.ts';

export type Manager =
  | 'apt'
  | 'apk'
  | 'dnf'
  | 'zypper'
  | 'pacman'
  | 'pip'
  | 'uv'
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'gem'
  | 'go'
  | 'cargo'
  | 'composer'
  | 'conda';

/** A package as it is requested. */
export interface Package {
  readonly word: ShellWord;
  /** Without version, extras and release; for a path or an address, the whole text. */
  readonly name: string;
  /** The text after the operator, which may be a range. */
  readonly version: string | undefined;
  /**
   * The text between name and version: `=`, `==`, `>=`, `@`; undefined if an option or the name contains the version.
   */
  readonly operator: string | undefined;
  readonly from: 'registry' | 'path' | 'url';
}
export interface Install {
  readonly manager: Manager;
  /** Empty if everything is listed in a file: `pip install -r`, `npm install`. */
  readonly packages: readonly Package[];
  readonly invocation: Invocation;
}

/** Computed once per command; null if it installs nothing. */
const cache = new ObjectCache<Command, Install | null>();

/** The packages that a command installs; undefined if it installs none or is not a package manager. */
export function installOf(command: Command): Install | undefined {
  const name = nameOf(command);
  const rows = name === undefined ? undefined : rowsOf(name);
  if (rows === undefined) return undefined;
  const before = cache.get(command);
  if (before !== undefined) return before ?? undefined;
  const found = installBy(rows, command);
  cache.set(command, found ?? null);
  return found;
}

function installBy(rows: readonly Row[], command: Command): Install | undefined {
  for (const { manager, program, adds, specifier } of rows) {
    const invocation = invoke(command, program);
    if (invocation === undefined || !adds(invocation)) continue;
    const version = versionOption(manager, invocation)?.text;
    const packages = invocation.operands.map((word): Package => {
      const { name, operator, version: ownVersion = version, from } = specifier(word.text);
      return { word, name, version: ownVersion, operator, from };
    });
    return { manager, packages, invocation };
  }
  return undefined;
}

function versionOption(manager: Manager, invocation: Invocation): ShellWord | undefined {
  if (manager === 'gem') return invocation.value('-v', '--version');
  if (manager === 'cargo') return invocation.value('--version', '--vers', '--tag', '--rev');
  return undefined;
}

const restoring = new Map(
  [npm, yarn, pnpm, composer, bundle, uv, poetry].flatMap((program) =>
    program.names.map((name) => [name, program] as const),
  ),
);

/** Whether a command installs what files of the project list, as `npm ci` and `composer install` do. */
export function restoresProject(command: Command): boolean {
  const name = nameOf(command);
  const program = name === undefined ? undefined : restoring.get(name);
  return program !== undefined && isVerb(invoke(command, program), program.verbs.restore);
}

interface Row {
  readonly manager: Manager;
  readonly program: Program;
  readonly adds: (invocation: Invocation) => boolean;
  readonly specifier: (text: string) => spec.Specifier;
}

/** A row for a package manager that installs with its subcommands. */
function managerRow<P extends PackageManager<'install'>>(
  manager: Manager,
  program: P,
  specifier: Row['specifier'],
  ...more: readonly (readonly string[])[]
): Row {
  const adds = (call: Invocation): boolean => isVerb(call, program.verbs.install, ...more);
  return { manager, program, adds, specifier };
}

/** The number of package specifiers to remember: most files contain the same few packages. */
const maxPackages = 5000;

const managers: readonly Row[] = [
  managerRow('apt', apt, spec.apt, apt.verbs.reinstall, aptSatisfies),
  managerRow('apk', apk, spec.apk),
  managerRow('dnf', dnf, spec.rpm, dnf.verbs.reinstall),
  managerRow('zypper', zypper, spec.zypper),
  { manager: 'pacman', program: pacman, adds: pacmanInstalls, specifier: spec.pacman },
  managerRow('uv', uvPip, spec.python),
  managerRow('uv', uvTool, spec.python),
  managerRow('uv', uv, spec.python),
  managerRow('pip', pip, spec.python),
  managerRow('npm', npm, spec.node),
  managerRow('yarn', yarn, spec.node),
  managerRow('pnpm', pnpm, spec.node),
  managerRow('gem', gem, spec.gem),
  managerRow('go', go, spec.go),
  managerRow('cargo', cargo, spec.cargo),
  managerRow('composer', composer, spec.composer),
  managerRow('conda', conda, spec.conda, conda.verbs.upgrade),
];

/** Rows by the first word of a program's names. */
const byName: ReadonlyMap<string, readonly Row[]> = rowsByName();

function rowsByName(): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  const memoizedRows = managers.map((row) => ({
    ...row,
    specifier: memoize(maxPackages, row.specifier),
  }));
  for (const row of memoizedRows)
    for (const name of new Set(row.program.names.map((one) => one.split(' ')[0] ?? one)))
      rows.set(name, [...(rows.get(name) ?? []), row]);
  return rows;
}

function rowsOf(name: string): readonly Row[] | undefined {
  return byName.get(name) ?? (pip.namePattern?.test(name) ? byName.get('pip') : undefined);
}
