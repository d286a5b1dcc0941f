/** The variables of a script, each with its uses: the own variable of a function is not that of the script. */
import { firstFrom } from '../text/sorted.ts';
import { contains } from '../text/span.ts';
import type { Dialect } from './script.ts';
import type { Region, VariableUse } from './variable-uses.ts';

export interface VariableGroup {
  readonly name: string;
  /** The function or the other shell that has it; undefined for the script itself. */
  readonly owner: Region | undefined;
  /** In the order of the text. */
  readonly uses: readonly VariableUse[];
}

export interface VariableGroups {
  readonly all: readonly VariableGroup[];
  at(offset: number): { readonly group: VariableGroup; readonly use: VariableUse } | undefined;
}

/** The uses by variable. Names of Windows shells are the same in any case. */
export function groupUses(
  uses: readonly VariableUse[],
  dialect: Dialect | undefined,
): VariableGroups {
  const byOwner = new Map<Region | undefined, Map<string, VariableUse[]>>();
  const ignoresCase = dialect === 'powershell' || dialect === 'cmd';
  const own = writtenIn(uses);
  const groups: VariableGroup[] = [];
  for (const use of uses) {
    const owner = ownerOf(use, own);
    let byName = byOwner.get(owner);
    if (byName === undefined) byOwner.set(owner, (byName = new Map<string, VariableUse[]>()));
    const name = ignoresCase ? use.name.toLowerCase() : use.name;
    const key = use.isEnvironment ? `env:${name}` : name;
    const list = byName.get(key);
    if (list) list.push(use);
    else {
      const first = [use];
      byName.set(key, first);
      groups.push({ name: use.name, owner, uses: first });
    }
  }
  const sorted = [...uses].sort((a, b) => a.span.start - b.span.start);
  const groupOf = new Map<VariableUse, VariableGroup>();
  for (const group of groups) {
    (group.uses as VariableUse[]).sort((a, b) => a.span.start - b.span.start);
    for (const use of group.uses) groupOf.set(use, group);
  }
  return {
    all: groups,
    at(offset) {
      const use = sorted[firstFrom(sorted, offset + 1) - 1];
      const group = use && groupOf.get(use);
      return group && contains(use.span, offset) ? { group, use } : undefined;
    },
  };
}

/** The names that each other shell assigns itself: those it only reads are in its environment. */
function writtenIn(uses: readonly VariableUse[]): ReadonlyMap<Region, ReadonlySet<string>> {
  const found = new Map<Region, Set<string>>();
  for (const { kind, name, region } of uses) {
    if (kind === 'read' || kind === 'mention' || kind === 'prefix') continue;
    const program = programOf(region);
    if (program === undefined) continue;
    const names = found.get(program);
    if (names) names.add(name);
    else found.set(program, new Set([name]));
  }
  return found;
}

function programOf(region: Region): Region | undefined {
  let at: Region | undefined = region;
  while (at !== undefined && at.kind !== 'program') at = at.parent;
  return at;
}

function ownerOf(
  { name, region }: VariableUse,
  own: ReadonlyMap<Region, ReadonlySet<string>>,
): Region | undefined {
  for (let at: Region | undefined = region; at !== undefined; at = at.parent) {
    if (at.kind === 'function' && at.locals.has(name)) return at;
    if (at.kind === 'program' && own.get(at)?.has(name) === true) return at;
  }
  return undefined;
}

/** Uses that give a variable a value. */
const assigning: ReadonlySet<VariableUse['kind']> = new Set<VariableUse['kind']>([
  'assignment',
  'export',
  'local',
  'loop',
  'input',
  'mount',
]);

/** Whether a use gives the variable a value; `export NAME` alone does not. */
export function isAssignment({ kind, value }: VariableUse): boolean {
  return assigning.has(kind) && (kind !== 'export' || value !== undefined);
}

/**
 * Whether a value that is assigned in one region is the value in another: a subshell changes only its own copy, and another
 * shell knows only what is exported.
 */
function reaches(from: Region, to: Region, isExported: boolean): boolean {
  for (let at: Region | undefined = to; at !== undefined; at = at.parent) {
    if (at === from) return true;
    if (at.kind === 'program' && !isExported) return false;
  }
  if (from.kind === 'script') return true;
  // A function changes the variables of its caller.
  return from.kind === 'function' && from.parent !== undefined && reaches(from.parent, to, isExported); // prettier-ignore
}

/** The assignment whose value a use reads: the last one above it that it sees, if there is one. */
export function assignmentBefore(
  { uses }: VariableGroup,
  { span, region }: VariableUse,
): VariableUse | undefined {
  return uses.findLast(
    (use) =>
      use.from <= span.start &&
      isAssignment(use) &&
      reaches(use.region, region, use.kind === 'export' || use.kind === 'mount'),
  );
}
