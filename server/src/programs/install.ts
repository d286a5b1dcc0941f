/** What a command installs, whatever the package manager. */
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { apk } from './apk.ts';
import { apt, aptSatisfies } from './apt.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { conda } from './conda.ts';
import { dnf } from './dnf.ts';
import { gem } from './gem.ts';
import { go } from './go.ts';
import { npm } from './npm.ts';
import { pacman, pacmanInstalls } from './pacman.ts';
import { pip, uv, uvPip, uvTool } from './pip.ts';
import { pnpm } from './pnpm.ts';
import { invoke, isVerb, type Invocation, type PackageManager, type Program } from './program.ts';
import { yarn } from './yarn.ts';
import { zypper } from './zypper.ts';
import * as spec from './specifiers.ts';
import { Kept } from '../text/kept.ts';
import { remembering } from '../text/remembering.ts';

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

/** A package as it is asked for. */
export interface Package {
  readonly word: ShellWord;
  /** Without version, extras and release; for a path or address the text itself. */
  readonly name: string;
  /** What stands behind the operator; a range is one too. */
  readonly version: string | undefined;
  /** What stands between name and version: `=`, `==`, `>=`, `@`; undefined where an option or the name says it. */
  readonly operator: string | undefined;
  readonly from: 'registry' | 'path' | 'url';
}
export interface Install {
  readonly manager: Manager;
  /** Empty where everything comes from a file: `pip install -r`, `npm install`. */
  readonly packages: readonly Package[];
  readonly invocation: Invocation;
}

/** Worked out once for a command; null where it installs nothing. */
const known = new Kept<Command, Install | null>();

/** The packages that a command adds; undefined when it adds none or is no package manager. */
export function install(command: Command): Install | undefined {
  const name = nameOf(command);
  const rows = name === undefined ? undefined : rowsOf(name);
  if (rows === undefined) return undefined;
  const before = known.get(command);
  if (before !== undefined) return before ?? undefined;
  const found = installBy(rows, command);
  known.set(command, found ?? null);
  return found;
}

function installBy(rows: readonly Row[], command: Command): Install | undefined {
  for (const { manager, program, adds, specifier } of rows) {
    const invocation = invoke(command, program);
    if (invocation === undefined || !adds(invocation)) continue;
    const version = versionOption(manager, invocation)?.text;
    const packages = invocation.operands.map((word): Package => {
      const { name, operator, version: own = version, from } = specifier(word.text);
      return { word, name, version: own, operator, from };
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

interface Row {
  readonly manager: Manager;
  readonly program: Program;
  readonly adds: (invocation: Invocation) => boolean;
  readonly specifier: (text: string) => spec.Specifier;
}

/** By its subcommands. */
function by<P extends PackageManager<'install'>>(
  manager: Manager,
  program: P,
  specifier: Row['specifier'],
  ...more: readonly (readonly string[])[]
): Row {
  const adds = (call: Invocation): boolean => isVerb(call, program.verbs.install, ...more);
  return { manager, program, adds, specifier };
}

/** Most files ask for the same few packages. */
const mostPackages = 5000;

const managers: readonly Row[] = [
  by('apt', apt, spec.apt, apt.verbs.reinstall, aptSatisfies),
  by('apk', apk, spec.apk),
  by('dnf', dnf, spec.rpm, dnf.verbs.reinstall),
  by('zypper', zypper, spec.zypper),
  { manager: 'pacman', program: pacman, adds: pacmanInstalls, specifier: spec.pacman },
  by('uv', uvPip, spec.python),
  by('uv', uvTool, spec.python),
  by('uv', uv, spec.python),
  by('pip', pip, spec.python),
  by('npm', npm, spec.node),
  by('yarn', yarn, spec.node),
  by('pnpm', pnpm, spec.node),
  by('gem', gem, spec.gem),
  by('go', go, spec.go),
  by('cargo', cargo, spec.cargo),
  by('composer', composer, spec.composer),
  by('conda', conda, spec.conda, conda.verbs.upgrade),
];

/** Rows by the first word of a program's names. */
const byName: ReadonlyMap<string, readonly Row[]> = grouped();

function grouped(): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  const quick = managers.map((row) => ({
    ...row,
    specifier: remembering(mostPackages, row.specifier),
  }));
  for (const row of quick)
    for (const name of new Set(row.program.names.map((one) => one.split(' ')[0] ?? one)))
      rows.set(name, [...(rows.get(name) ?? []), row]);
  return rows;
}

function rowsOf(name: string): readonly Row[] | undefined {
  return byName.get(name) ?? (pip.spelled?.test(name) ? byName.get('pip') : undefined);
}
