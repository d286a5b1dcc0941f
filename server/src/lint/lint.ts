/** Runs rules over a model. One rule that throws costs its own findings and no others. */
import type { Model } from '../model/model.ts';
import { ignores, type Ignores } from './ignore.ts';
import {
  namesOf,
  optionsOf,
  type Around,
  type Finding,
  type LintConfig,
  type Problem,
  type Registered,
  type Report,
  type Rule,
  type RuleContext,
  type Setting,
  type Severity,
} from './rule.ts';
import type { Surroundings } from './surroundings.ts';
import { concerning } from './trigger.ts';

/** Told of a rule that threw; the message names it. */
export type Log = (message: string, error: unknown) => void;

export interface Beside {
  readonly log?: Log;
  /** Without them, rules that look at the files around are silent. */
  readonly surroundings?: Surroundings;
}

/** What the rules find that the configuration asks for and no comment ignores, by position. */
export function lint(
  model: Model,
  rules: readonly Registered[],
  config: LintConfig,
  { log, surroundings }: Beside = {},
): readonly Finding[] {
  const ignored = ignores(model, config);
  const chosen = activeRules(rules, config);
  const findings: Finding[] = [];
  let running: Active | undefined;
  const report = (problem: Problem): void => {
    const finding = running && asFinding(running, problem);
    if (running === undefined || finding === undefined) return;
    const covered = ignored?.covers(finding, running.names) ?? 'no';
    if (covered === 'no') findings.push(finding);
    else if (covered === 'name') findings.push({ ...finding, also: [] });
  };
  const run = (some: readonly Active[], around: Around): void => {
    const context = contextOf(model, report, around, undefined);
    for (const one of some) {
      const { needs, check, options } = one;
      if (needs !== undefined && around[needs] === undefined) continue;
      running = one;
      try {
        check(options === undefined ? context : contextOf(model, report, around, options));
      } catch (error) {
        log?.(`The rule ${one.id} failed`, error);
      }
    }
  };
  run(chosen.concerned(model), { surroundings });
  if (ignored === undefined) return findings.sort(byPosition);
  if (chosen.last.length > 0)
    run(chosen.last, mentions(ignored, chosen, surroundings === undefined));
  if (!ignored.strict) return findings.sort(byPosition);
  return findings
    .map((finding) =>
      finding.also.some(isBuildKitName)
        ? { ...finding, severity: 'error' as const, category: 'build-error' }
        : finding,
    )
    .sort(byPosition);
}

/** Always of one shape, which is quicker. */
function contextOf(
  model: Model,
  report: Report,
  { surroundings, ignores: mentioned, names }: Around,
  options: unknown,
): RuleContext<unknown> {
  return { model, options, report, surroundings, ignores: mentioned, names };
}

/** What the rules that run last are told of the comments. */
function mentions(
  ignored: Ignores,
  { active, allNames, knownNames, halfOff }: Chosen,
  isAlone: boolean,
): Around {
  const ran = new Set<string>();
  for (const { names, named, needs } of active) {
    if (isAlone && needs === 'surroundings') continue;
    for (const name of names) if (named?.[name] !== 'off') ran.add(name);
  }
  // What another linter calls by one name may be several rules here: it is not known to be nothing while one is off.
  for (const name of halfOff) ran.delete(name);
  return {
    ignores: ignored.names.map((one) => ({
      ...one,
      means:
        one.name === 'all' || ran.has(one.name)
          ? 'a rule'
          : knownNames.has(one.name)
            ? 'a rule that is off'
            : 'nothing',
    })),
    names: () => allNames,
  };
}

/** What is asked of a rule for each file stands in it itself: rules have many shapes, these have one. */
interface Active {
  readonly id: string;
  readonly category: string;
  readonly check: Rule['check'];
  readonly needs: Rule['needs'];
  readonly on: Rule['on'];
  readonly severity: Severity | 'off';
  readonly named: Setting['named'];
  readonly options: unknown;
  /** All names of others for the rule, for findings that carry them all. */
  readonly also: readonly string[];
  /** Every name under which a comment may ignore the rule, in lower case. */
  readonly names: readonly string[];
}

interface Chosen {
  readonly rules: readonly Registered[];
  readonly active: readonly Active[];
  /** Those of them that a file concerns. */
  readonly concerned: (model: Model) => readonly Active[];
  /** Those that look at what the others found. */
  readonly last: readonly Active[];
  /** All names by which a comment may call a rule, as they are written. */
  readonly allNames: readonly string[];
  /** The same as they are compared. */
  readonly knownNames: ReadonlySet<string>;
  /** Of these, what a rule goes by that is off. */
  readonly halfOff: ReadonlySet<string>;
}

/** What follows from rules and configuration alone is worked out once for both. */
const remembered = new WeakMap<LintConfig, Chosen>();

function activeRules(rules: readonly Registered[], config: LintConfig): Chosen {
  const before = remembered.get(config);
  if (before?.rules === rules) return before;
  const all = rules.flatMap((registered): Active[] => {
    const { id, rule } = registered;
    const given = config.rules[id];
    const setting: Setting =
      typeof given === 'object' ? given : given === undefined ? {} : { severity: given };
    const { severity: asked, options, named } = setting;
    const usual = rule.severity === 'off' && config.everyRule === true ? 'info' : rule.severity;
    const severity = asked ?? usual;
    const isRaised = Object.values(named ?? {}).some((one) => one !== 'off');
    if (severity === 'off' && !isRaised) return [];
    const also = [...(rule.also?.hadolint ?? []), ...(rule.also?.buildkit ?? [])];
    const names = namesOf(registered).map((name) => name.toLowerCase());
    const { check, needs, on } = rule;
    const { category } = registered;
    const read = optionsOf(rule, options);
    return [{ id, category, check, needs, on, severity, options: read, named, also, names }];
  });
  const isLast = ({ needs }: Active): boolean => needs === 'ignores';
  const active = all.filter((one) => !isLast(one));
  const allNames = rules.flatMap(namesOf);
  const chosen = {
    rules,
    active,
    concerned: concerning(active),
    last: all.filter(isLast),
    allNames,
    knownNames: new Set(allNames.map((name) => name.toLowerCase())),
    halfOff: new Set(
      rules
        .filter(({ id }) => !all.some((one) => one.id === id))
        .flatMap((one) => namesOf(one).map((name) => name.toLowerCase())),
    ),
  };
  remembered.set(config, chosen);
  return chosen;
}

/** Undefined where it is switched off by another linter's name; a build error loses only that name. */
function asFinding(active: Active, problem: Problem): Finding | undefined {
  const category = problem.refused ? 'build-error' : active.category;
  const also = problem.also ?? active.also;
  const level = levelOf(active, also);
  const severity = problem.refused ? 'error' : level;
  if (severity !== 'off' && level !== 'off')
    return findingOf(problem, { rule: active.id, category, severity, also });
  if (category !== 'build-error' || active.severity === 'off') return undefined;
  return findingOf(problem, { rule: active.id, category, severity: 'error', also: none });
}

const none: readonly never[] = [];

/** Written out, as to spread what a rule told takes ten times as long. */
function findingOf(
  { at, message, fix, others, related, tag, refused }: Problem,
  { rule, category, severity, also }: Omit<Finding, keyof Problem> & Pick<Finding, 'also'>,
): Finding {
  return { at, message, fix, others, related, tag, refused, rule, category, severity, also };
}

/** What was said of a name holds for what carries it, and what carries none counts as having all. */
function levelOf(
  { severity, named, also: all }: Active,
  also: readonly string[],
): Severity | 'off' {
  if (named === undefined) return severity;
  const [said] = (also.length > 0 ? also : all).flatMap((name) => named[name.toLowerCase()] ?? []);
  return said ?? severity;
}

/** BuildKit's names are words; hadolint's are letters and a number. */
function isBuildKitName(name: string): boolean {
  return !/\d/.test(name);
}

function byPosition(a: Finding, b: Finding): number {
  return (
    a.at.span.start - b.at.span.start ||
    a.at.span.end - b.at.span.end ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}
