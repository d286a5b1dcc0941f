/** What a command installs, whatever the package manager. */
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { apk } from './apk.ts';
import { apt } from './apt.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { conda } from './conda.ts';
import { dnf } from './dnf.ts';
import { gem } from './gem.ts';
import { go } from './go.ts';
import { npm } from './npm.ts';
import { pacman } from './pacman.ts';
import { pip, uv, uvPip, uvTool } from './pip.ts';
import { pnpm } from './pnpm.ts';
import { invoke, type Invocation, type Program } from './program.ts';
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

function by(...subcommands: readonly string[]): Row['adds'] {
  return ({ subcommand }) => subcommand !== undefined && subcommands.includes(subcommand.text);
}

/** `pacman -S` installs, `-Sy` and `-Sc` alone do not, `-U` installs files. */
function pacmanAdds(invocation: Invocation): boolean {
  const installs = invocation.has('-S', '--sync', '-U', '--upgrade');
  return installs && invocation.operands.length > 0 && !invocation.has('-s', '-i', '-l', '-g');
}

/** Most files ask for the same few packages. */
const mostPackages = 5000;

const managers: readonly Row[] = [
  {
    manager: 'apt',
    program: apt,
    adds: by('install', 'reinstall', 'satisfy'),
    specifier: spec.apt,
  },
  { manager: 'apk', program: apk, adds: by('add'), specifier: spec.apk },
  {
    manager: 'dnf',
    program: dnf,
    adds: by('install', 'in', 'reinstall', 'localinstall', 'groupinstall', 'install-n'),
    specifier: spec.rpm,
  },
  { manager: 'zypper', program: zypper, adds: by('install', 'in'), specifier: spec.zypper },
  { manager: 'pacman', program: pacman, adds: pacmanAdds, specifier: spec.pacman },
  { manager: 'uv', program: uvPip, adds: by('install'), specifier: spec.python },
  { manager: 'uv', program: uvTool, adds: by('install'), specifier: spec.python },
  { manager: 'uv', program: uv, adds: by('add'), specifier: spec.python },
  { manager: 'pip', program: pip, adds: by('install'), specifier: spec.python },
  {
    manager: 'npm',
    program: npm,
    adds: by('install', 'i', 'add', 'in', 'isntall'),
    specifier: spec.node,
  },
  { manager: 'yarn', program: yarn, adds: by('add'), specifier: spec.node },
  { manager: 'pnpm', program: pnpm, adds: by('add', 'install', 'i'), specifier: spec.node },
  { manager: 'gem', program: gem, adds: by('install', 'i'), specifier: spec.gem },
  { manager: 'go', program: go, adds: by('install', 'get'), specifier: spec.go },
  { manager: 'cargo', program: cargo, adds: by('install', 'add'), specifier: spec.cargo },
  {
    manager: 'composer',
    program: composer,
    adds: by('require', 'create-project'),
    specifier: spec.composer,
  },
  {
    manager: 'conda',
    program: conda,
    adds: by('install', 'create', 'update'),
    specifier: spec.conda,
  },
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
