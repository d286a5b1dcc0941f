/** Runs rules over a model. If a rule throws, only its own findings are missing. */
import type { Model } from '../model/model.ts';
import { activeRules, type Active, type Chosen } from './active-rules.ts';
import { FindingPlaces } from './finding-places.ts';
import { ignores, type Ignores } from './ignore.ts';
import { expandTriggers } from './onbuild.ts';
import {
  isBuildKitName,
  type RuleInput,
  type Finding,
  type LintConfig,
  type Problem,
  type Registered,
  type Report,
  type RuleContext,
  type Severity,
} from './rule.ts';
import { changedBits, lintRecord, type LintRecord } from './reuse.ts';
import { exceededLimit } from './size-limits.ts';
import { haveIgnoreFile, type Surroundings } from './surroundings.ts';
import { templateMark } from './template.ts';

/** Called when a rule throws; the message contains its id. */
export type Log = (message: string, error: unknown) => void;

export interface LintInput {
  readonly log?: Log;
  /** If missing, rules that need the files input the Dockerfile report nothing. */
  readonly surroundings?: Surroundings;
  /** The ONBUILD triggers of base stages are part of the text. */
  readonly hasTriggers?: true;
  /** The latest record of the document, or `none`, if a record is to be kept for the next change. */
  readonly before?: LintRecord | 'none' | undefined;
}

/** The findings of the enabled rules that no comment ignores, by position. */
export function lint(
  model: Model,
  rules: readonly Registered[],
  config: LintConfig,
  input: LintInput = {},
): readonly Finding[] {
  const run = new LintRun(model, rules, config, input);
  while (run.step());
  return run.findings();
}

/** Linting that can be interrupted after each rule. A generator would double the time of garbage collection. */
export class LintRun {
  private readonly model: Model;
  private readonly config: LintConfig;
  private readonly input: LintInput;
  private readonly ignored: Ignores | undefined;
  private readonly chosen: Chosen;
  private readonly found: Finding[] = [];
  /** For the run after the next change. */
  readonly record: LintRecord | undefined;
  /** What the run before the change found, and which of it is not true any more. */
  private readonly before: LintRecord | undefined = undefined;
  private readonly changed: number = 0;
  /** The current rule, and what it reports. */
  private active: Active | undefined = undefined;
  private own: Finding[] = noFindings;
  /** What rules without options get. */
  private context: RuleContext<unknown>;
  private rules: readonly Active[];
  private next = 0;
  /** What is looked at after the last of the rules. */
  private following: 'triggers' | 'comments' | 'nothing' = 'nothing';

  constructor(model: Model, rules: readonly Registered[], config: LintConfig, input: LintInput) {
    this.model = model;
    this.config = config;
    this.input = input;
    this.ignored = ignores(model, config);
    const chosen = (this.chosen = activeRules(rules, config));
    const { before, surroundings } = input;
    this.record = before && lintRecord(model, chosen, surroundings);
    if (typeof before === 'object' && this.record !== undefined) {
      const changed = changedBits(before, this.record);
      if (changed !== undefined) this.before = before;
      this.changed = changed ?? 0;
    }
    // On files that are too large, or not Dockerfiles yet, the rule about that runs instead of all others.
    const { source: tree } = model;
    if (tree.text.length > chosen.shortText && exceededLimit(tree, chosen.limits) !== undefined)
      this.rules = chosen.aboutSize;
    else if (chosen.aboutTemplates.length > 0 && templateMark(tree) !== undefined)
      this.rules = chosen.aboutTemplates;
    else {
      this.rules = chosen.concerned(model);
      this.following = 'triggers';
    }
    // A constant first: V8 puts a function that is assigned to a property in old space at once. There it would keep the
    // run, its model and its findings until the next full garbage collection, and linting would take 40 % longer.
    const report: Report = (problem) => this.add(problem);
    const ignoreFiles = surroundings && haveIgnoreFile(surroundings);
    this.context = { model, options: undefined, report, surroundings, ignoreFiles, ignores: undefined, names: undefined }; // prettier-ignore
  }
  /** Runs the next rule; false if there is none. */
  step(): boolean {
    const active = this.rules[this.next++];
    if (active === undefined) return this.goOn();
    const { id, index, needs, check, options } = active;
    const { context, record } = this;
    if (needs !== undefined && context[needs] === undefined) return true;
    if (this.before !== undefined && needs !== 'ignores' && this.reuse(active, this.before))
      return true;
    const { reads } = this.model;
    reads.bits = 0;
    this.active = active;
    this.own = noFindings;
    // eslint-disable-next-line no-restricted-syntax -- the guard of a rule: one that throws loses its own findings only
    try {
      check(options === undefined ? context : { ...context, options });
      if (record !== undefined) {
        record.reads[index] = reads.bits;
        record.findings[index] = this.own;
      }
    } catch (error) {
      this.input.log?.(`The rule ${id} failed`, error);
    }
    return true;
  }
  findings(): readonly Finding[] {
    const found = this.found;
    if (this.ignored?.strict !== true) return found.sort(byPosition);
    return found
      .map((finding) =>
        finding.also.some(isBuildKitName)
          ? { ...finding, severity: 'error' as const, category: 'build-error' }
          : finding,
      )
      .sort(byPosition);
  }
  /** After the last of the rules; false if nothing is left. */
  private goOn(): boolean {
    if (this.following === 'triggers') {
      this.following = 'comments';
      const haveTriggers = this.model.each('ONBUILD').length > 0 && this.input.hasTriggers !== true;
      if (haveTriggers && this.addTriggers()) return true;
    }
    return (
      this.ignored !== undefined && this.following === 'comments' && this.startLast(this.ignored)
    );
  }
  /** Adds what is wrong with triggers of ONBUILD in the stages where they run; false if none of them does. */
  private addTriggers(): boolean {
    const expanded = expandTriggers(this.model);
    if (expanded === undefined) return false;
    const before = new FindingPlaces(this.found);
    const { rules } = this.chosen;
    const input: LintInput = { ...this.input, hasTriggers: true };
    for (const finding of lint(expanded.model, rules, this.config, input)) {
      const places = expanded.places(finding);
      if (places === undefined) continue;
      const { atTrigger, atFrom } = places;
      if (before.contain(atTrigger) || before.contain(atFrom)) continue;
      const names = this.chosen.active.find(({ id }) => id === finding.rule)?.names ?? none;
      const covered = [atTrigger, atFrom].map((one) => this.ignored?.covers(one, names) ?? 'no');
      if (covered.includes('yes')) continue;
      this.found.push(covered.includes('name') ? { ...atFrom, also: [] } : atFrom);
    }
    return true;
  }
  /** Continues with the rules that run after the others, on the ignore comments; false if there are none. */
  private startLast(ignored: Ignores): boolean {
    const { last } = this.chosen;
    this.following = 'nothing';
    if (last.length === 0) return false;
    const isAlone = this.input.surroundings === undefined;
    this.context = { ...this.context, ...mentions(ignored, this.chosen, isAlone) };
    this.rules = last;
    this.next = 0;
    return true;
  }
  /** Whether what a rule found before the change is still true. */
  private reuse(active: Active, { reads, findings }: LintRecord): boolean {
    const { index } = active;
    const known = findings[index];
    const read = reads[index] ?? 0;
    if (known === undefined || (read & this.changed) !== 0) return false;
    if (this.record !== undefined) {
      this.record.reads[index] = read;
      this.record.findings[index] = known;
    }
    for (const finding of known) this.put(active, finding);
    return true;
  }
  /** What the current rule reports, unless it is turned off by another linter's name; a build error only loses that name. */
  private add(problem: Problem): void {
    const { active } = this;
    if (active === undefined) return;
    const { at, message, fix, others, related, elsewhere, tag, refused } = problem;
    const category = refused ? 'build-error' : active.category;
    let also = problem.also ?? active.also;
    let severity = active.named === undefined ? active.severity : levelOf(active, active.named, also); // prettier-ignore
    if (severity === 'off') {
      if (category !== 'build-error' || active.severity === 'off') return;
      severity = 'error';
      also = none;
    } else if (refused) severity = 'error';
    else if (problem.severity !== undefined && !active.isConfigured) severity = problem.severity;
    // Written out property by property: spreading the problem takes ten times as long.
    const finding: Finding = { at, message, fix, others, related, elsewhere, tag, refused, rule: active.id, category, severity, also }; // prettier-ignore
    if (this.own === noFindings) this.own = [];
    this.own.push(finding);
    if (this.ignored === undefined) this.found.push(finding);
    else this.put(active, finding);
  }
  /** Adds a finding unless a comment ignores it. */
  private put(active: Active, finding: Finding): void {
    const covered = this.ignored?.covers(finding, active.names) ?? 'no';
    if (covered === 'no') this.found.push(finding);
    else if (covered === 'name') this.found.push({ ...finding, also: [] });
  }
}

/** What rules with `needs: 'ignores'` get: every name in an ignore comment, and what it refers to. */
function mentions(
  ignored: Ignores,
  { namesThatRun, allNames, knownNames }: Chosen,
  isAlone: boolean,
): Pick<RuleInput, 'ignores' | 'names'> {
  const ran = namesThatRun(isAlone);
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

const none: readonly never[] = [];
/** Not changed: rules that report something have a list of their own. */
const noFindings: Finding[] = [];

/** The severity configured for one of the finding's names; a finding without names is treated as having all. */
function levelOf(
  { severity, also: all }: Active,
  named: NonNullable<Active['named']>,
  also: readonly string[],
): Severity | 'off' {
  const [byName] = (also.length > 0 ? also : all).flatMap(
    (name) => named[name.toLowerCase()] ?? [],
  );
  return byName ?? severity;
}

function byPosition(a: Finding, b: Finding): number {
  return (
    a.at.span.start - b.at.span.start ||
    a.at.span.end - b.at.span.end ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}
