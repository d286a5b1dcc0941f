/** Selects the rules that a configuration enables, with what is the same for all files. */
import type { Model } from '../model/model.ts';
import {
  namesOf,
  optionsOf,
  triggerOf,
  type LintConfig,
  type Registered,
  type Rule,
  type Setting,
  type Severity,
} from './rule.ts';
import { sizeLimits, sizeRule, type SizeLimits } from './size-limits.ts';
import { templateRule } from './template.ts';
import { rulesFor } from './trigger.ts';

/** The properties of a rule that are read for each file. Rules have many shapes; these objects have one. */
export interface Active {
  readonly id: string;
  /** Its place among all rules. */
  readonly index: number;
  readonly category: string;
  readonly check: Rule['check'];
  readonly needs: Rule['needs'];
  readonly on: ReturnType<typeof triggerOf>;
  readonly severity: Severity | 'off';
  /** Whether the severity is not the default of the rule. */
  readonly isConfigured: boolean;
  readonly named: Setting['named'];
  readonly options: unknown;
  /** All names of the rule in other linters, for findings that have all of them. */
  readonly also: readonly string[];
  /** Every name by which a comment may ignore the rule, in lowercase. */
  readonly names: readonly string[];
}

export interface Chosen {
  readonly rules: readonly Registered[];
  readonly active: readonly Active[];
  /** The active rules that apply to a file that is neither too large nor a template. */
  readonly concerned: (model: Model) => readonly Active[];
  /** From this size on, only the rule about the size runs, if it is active. */
  readonly limits: SizeLimits;
  /** A file with no more characters exceeds none of them. */
  readonly shortText: number;
  readonly aboutSize: readonly Active[];
  /** The rule that runs alone on templates, if it is active. */
  readonly aboutTemplates: readonly Active[];
  /** The active rules that run after the others, on the ignore comments. */
  readonly last: readonly Active[];
  /** All names by which a comment may ignore a rule. */
  readonly allNames: readonly string[];
  /** The same in lowercase. */
  readonly knownNames: ReadonlySet<string>;
  /** Of these, the names of the rules that run, where a Dockerfile is alone or its files are known. */
  readonly namesThatRun: (isAlone: boolean) => ReadonlySet<string>;
}

/** Results that depend only on rules and configuration are computed once. */
const remembered = new WeakMap<LintConfig, Chosen>();

/** The rules to run. */
export function activeRules(rules: readonly Registered[], config: LintConfig): Chosen {
  const before = remembered.get(config);
  if (before?.rules === rules) return before;
  const all = rules.flatMap((registered, index): Active[] => {
    const { id, rule } = registered;
    const given = config.rules[id];
    const setting: Setting =
      typeof given === 'object' ? given : given === undefined ? {} : { severity: given };
    const { severity: configured, options, named } = setting;
    const byDefault = rule.severity === 'off' && config.everyRule === true ? 'info' : rule.severity;
    const severity = configured ?? byDefault;
    const isRaised = Object.values(named ?? {}).some((one) => one !== 'off');
    if (severity === 'off' && !isRaised) return [];
    const also = [...(rule.also?.hadolint ?? []), ...(rule.also?.buildkit ?? [])];
    const names = namesOf(registered).map((name) => name.toLowerCase());
    const { check, needs } = rule;
    const { category } = registered;
    const read = optionsOf(rule, options);
    const on = triggerOf(rule, read);
    const isConfigured = configured !== undefined;
    return [{ id, index, category, check, needs, on, severity, isConfigured, options: read, named, also, names }]; // prettier-ignore
  });
  const isLast = ({ needs }: Active): boolean => needs === 'ignores';
  const active = all.filter((one) => !isLast(one));
  const allNames = rules.flatMap(namesOf);
  const namesOff = new Set(
    rules
      .filter(({ id }) => !all.some((one) => one.id === id))
      .flatMap((one) => namesOf(one).map((name) => name.toLowerCase())),
  );
  const chosen = {
    rules,
    active,
    // In other files, these two find nothing.
    concerned: rulesFor(active.filter(({ id }) => id !== sizeRule && id !== templateRule)),
    ...sizesOf(active),
    aboutTemplates: active.filter(({ id }) => id === templateRule),
    last: all.filter(isLast),
    allNames,
    knownNames: new Set(allNames.map((name) => name.toLowerCase())),
    namesThatRun: rememberedBy((isAlone) => namesThatRun(active, namesOff, isAlone)),
  };
  remembered.set(config, chosen);
  return chosen;
}

function sizesOf(active: readonly Active[]): Pick<Chosen, 'limits' | 'shortText' | 'aboutSize'> {
  const aboutSize = active.filter(({ id }) => id === sizeRule);
  const limits = { ...sizeLimits, ...(aboutSize[0]?.options as SizeLimits | undefined) };
  const { characters, instructions, variables } = limits;
  return { aboutSize, limits, shortText: Math.min(characters, instructions, variables) };
}

/** Few files have ignore comments, so the names are collected for the first one. */
function rememberedBy<T>(compute: (isAlone: boolean) => T): (isAlone: boolean) => T {
  let alone: T | undefined;
  let withFiles: T | undefined;
  return (isAlone) => (isAlone ? (alone ??= compute(true)) : (withFiles ??= compute(false)));
}

/** The names of the rules that run; rules that need the files around a Dockerfile do not, if it is alone. */
function namesThatRun(
  active: readonly Active[],
  namesOff: ReadonlySet<string>,
  isAlone: boolean,
): ReadonlySet<string> {
  const ran = new Set<string>();
  for (const { names, named, needs } of active) {
    if (isAlone && needs !== undefined) continue;
    for (const name of names) if (named?.[name] !== 'off') ran.add(name);
  }
  // Another linter's name may correspond to several rules here: it may be needed by one of them that is off.
  for (const name of namesOff) ran.delete(name);
  return ran;
}
