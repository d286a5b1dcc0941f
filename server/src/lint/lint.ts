/** Runs rules over a model. One rule that throws costs its own findings and no others. */
import type { Model } from '../model/model.ts';
import { ignores, type Ignores } from './ignore.ts';
import type { Finding, LintConfig, Problem, Registered, Setting, Severity } from './rule.ts';

/** Told of a rule that threw; the message names it. */
export type Log = (message: string, error: unknown) => void;

/** What the rules find that the configuration asks for and no comment ignores, by position. */
export function lint(
  model: Model,
  rules: readonly Registered[],
  config: LintConfig,
  log?: Log,
): readonly Finding[] {
  const ignored = ignores(model, config);
  const findings: Finding[] = [];
  for (const active of activeRules(rules, config)) {
    try {
      findings.push(...found(model, active, ignored));
    } catch (error) {
      log?.(`The rule ${active.id} failed`, error);
    }
  }
  if (ignored?.strict !== true) return findings.sort(byPosition);
  return findings
    .map((finding) =>
      finding.also.some(isBuildKitName)
        ? { ...finding, severity: 'error' as const, category: 'build-error' }
        : finding,
    )
    .sort(byPosition);
}

interface Active extends Registered {
  readonly severity: Severity | 'off';
  readonly named: Setting['named'];
  readonly options: unknown;
  /** All names of others for the rule, for findings that carry them all. */
  readonly also: readonly string[];
  /** Every name under which a comment may ignore the rule, in lower case. */
  readonly names: readonly string[];
}

/** What follows from rules and configuration alone is worked out once for both. */
const remembered = new WeakMap<
  LintConfig,
  { readonly rules: readonly Registered[]; readonly active: readonly Active[] }
>();

function activeRules(rules: readonly Registered[], config: LintConfig): readonly Active[] {
  const before = remembered.get(config);
  if (before?.rules === rules) return before.active;
  const active = rules.flatMap((registered): Active[] => {
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
    const names = [id, ...also].map((name) => name.toLowerCase());
    return [{ ...registered, severity, options, named, also, names }];
  });
  remembered.set(config, { rules, active });
  return active;
}

function* found(model: Model, active: Active, ignored: Ignores | undefined): Iterable<Finding> {
  for (const problem of active.rule.check(model, active.options)) {
    const finding = asFinding(active, problem);
    if (finding === undefined) continue;
    const covered = ignored?.covers(finding, active.names) ?? 'no';
    if (covered === 'no') yield finding;
    else if (covered === 'name') yield { ...finding, also: [] };
  }
}

/** Undefined where it is switched off by another linter's name; a build error loses only that name. */
function asFinding(active: Active, problem: Problem): Finding | undefined {
  const category = problem.refused ? 'build-error' : active.category;
  const also = problem.also ?? active.also;
  const level = levelOf(active, also);
  const severity = problem.refused ? 'error' : level;
  if (severity === 'off' || level === 'off') {
    if (category !== 'build-error' || active.severity === 'off') return undefined;
    return { ...problem, rule: active.id, category, severity: 'error', also: [] };
  }
  return { ...problem, rule: active.id, category, severity, also };
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
