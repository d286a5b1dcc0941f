/** The contract of a rule: its documentation, its input and what it reports. */
import type { Schema } from '../../../contract/schema.ts';
import type { Model } from '../model/model.ts';
import type { Edit } from '../text/edit.ts';
import type { Node, Span } from '../text/span.ts';
import type { IgnoredName } from './ignore-comment.ts';
import type { OtherFile, Surroundings } from './surroundings.ts';
import type { Triggers } from './trigger.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A change that fixes a problem. Safe by default: a safe fix does not change what a successful build produces. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe?: false;
}

export interface Problem {
  /** The smallest range of text that has to change. */
  readonly at: Node;
  /** What is wrong, as a fact, without a final period, with code in backticks. */
  readonly message: string;
  readonly fix?: Fix | undefined;
  /** Alternative fixes, which are offered but never applied automatically. */
  readonly others?: readonly Fix[] | undefined;
  readonly related?: readonly { readonly at: Node; readonly message: string }[] | undefined;
  /** A place in another file, and the fixes there, which only editors offer. */
  readonly elsewhere?: Elsewhere | undefined;
  readonly tag?: 'unnecessary' | 'deprecated' | undefined;
  /** Its default severity, where it is not that of the rule. */
  readonly severity?: Severity | undefined;
  /** Which of the rule's `also` names report this problem; all of them by default. */
  readonly also?: readonly string[] | undefined;
  /** BuildKit rejects the file because of it: the finding gets the category build-error, whatever its rule's category. */
  readonly refused?: true | undefined;
}

export interface Elsewhere {
  readonly file: OtherFile;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** `bad` marks with «…» exactly what is reported; `good` is exactly the result of the fix. */
export interface Example {
  readonly bad: string;
  readonly good: string;
  readonly options?: object;
  readonly note?: string;
  /** The text of the `.dockerignore` in the same directory; false if there is none. By default nothing is known about it. */
  readonly dockerignore?: string | false;
  /** The files of the build context; by default nothing is known about them. */
  readonly files?: readonly string[];
}

export interface RuleMeta {
  /** One imperative line without a final period. */
  readonly summary: string;
  /** Markdown, one or two paragraphs: what happens, why it matters, when to ignore the rule. */
  readonly why: string;
  /** The default. */
  readonly severity: Severity | 'off';
  readonly fix?: 'safe' | 'unsafe';
  readonly since: string;
  /** Ids that it had before; still accepted in configuration and ignore comments. */
  readonly formerly?: readonly string[];
  /**
   * What it needs besides the text: the files around the Dockerfile, or an ignore file among them, without which it reports
   * nothing; or the ignore comments, for which it runs after all other rules.
   */
  readonly needs?: 'surroundings' | 'ignoreFiles' | 'ignores';
  /** What a file must contain for this rule to report anything; the rule is not called for other files. */
  readonly on?: Triggers;
  /** Its names in other linters; accepted in configuration and ignore comments. */
  readonly also?: {
    readonly hadolint?: readonly string[];
    readonly buildkit?: readonly string[];
    /** With the prefix `tally/`; for comments and pages only, findings do not carry them. */
    readonly tally?: readonly string[];
  };
  readonly links?: readonly string[];
  readonly examples: readonly [Example, ...Example[]];
}

/** Input besides the text; a rule gets what it `needs`. */
export interface RuleInput {
  readonly surroundings?: Surroundings | undefined;
  /** Whether a directory that may be the build context has an ignore file; most have none. */
  readonly ignoreFiles?: true | undefined;
  readonly ignores?: readonly Mention[] | undefined;
  /** All names that a comment may ignore: ids and names of other linters. */
  readonly names?: (() => readonly string[]) | undefined;
}

/** A name in an ignore comment, and what it refers to. */
export interface Mention extends IgnoredName {
  /** Whether a rule has this name, and whether it was run. */
  readonly means: 'a rule' | 'a rule that is off' | 'nothing';
}

/**
 * Called by a rule for each problem. A callback, since most rules find nothing in most files: creating a generator for each
 * rule took a fourteenth of the time of linting.
 */
export type Report = (problem: Problem) => void;

export interface RuleContext<O> extends RuleInput {
  readonly model: Model;
  readonly options: O;
  readonly report: Report;
}

export interface Definition<O> extends RuleMeta {
  readonly options?: Schema<O>;
  /** Instead of `on`, if that depends on the options; without any instruction if these leave nothing to report. */
  readonly onWith?: (options: O) => Triggers;
  /** Returns `undefined`, so that a generator or a promise, which would never run or be awaited, is a type error. */
  check(context: RuleContext<O>): undefined;
}

/** A definition without its option type, as the runner, the docs and the settings use it. */
export interface Rule extends RuleMeta {
  readonly options?: Schema<unknown>;
  /** Both expect the options that `optionsOf` returns. */
  readonly onWith?: (options: unknown) => Triggers;
  readonly check: (context: RuleContext<unknown>) => void;
}

/** An entry of the generated barrel: the id is the file's name, the category its directory. */
export interface Registered {
  readonly id: string;
  readonly category: string;
  readonly rule: Rule;
}

/** Every name of a rule: its id, former ids, and its names in other linters. */
export function namesOf({ id, rule: { also, formerly = [] } }: Registered): readonly string[] {
  return [
    id,
    ...formerly,
    ...(also?.hadolint ?? []),
    ...(also?.buildkit ?? []),
    ...(also?.tally ?? []),
  ];
}

/** BuildKit's names consist of words, hadolint's of letters and a number. */
export function isBuildKitName(name: string): boolean {
  return !/\d/.test(name);
}

/** A problem with the rule that found it. */
export interface Finding extends Omit<Problem, 'severity'> {
  readonly rule: string;
  readonly category: string;
  readonly severity: Severity;
  readonly also: readonly string[];
}

/** The configuration: for each rule id, a severity, or a severity and options. */
export interface LintConfig {
  readonly everyRule?: boolean;
  readonly rules: Readonly<Record<string, Severity | 'off' | Setting>>;
  /** False: hadolint's ignore comments have no effect. */
  readonly pragmas?: false;
  /** The lowest severity that makes the command line fail, unless `--fail-on` is given. */
  readonly failOn?: Severity | 'never';
}

export interface Setting {
  readonly severity?: Severity | 'off';
  readonly options?: unknown;
  /** Severities for findings that another linter reports by these names, in lowercase. */
  readonly named?: Readonly<Record<string, Severity | 'off'>>;
}

/** Hides the option type of a definition. */
export function rule<O = undefined>(definition: Definition<O>): Rule {
  return definition as Rule;
}

/** A rule's options from raw settings; its defaults if they are invalid. */
export function optionsOf({ options }: Rule, raw: unknown): unknown {
  return options?.read(raw) ?? options?.fallback;
}

/** What a file must contain for a rule to report anything with its options. */
export function triggerOf({ on, onWith }: Rule, options: unknown): Triggers | undefined {
  return onWith ? onWith(options) : on;
}

/** Everything that a rule reports in a file with its default options. */
export function problemsOf(rule: Rule, model: Model): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  rule.check({ model, report, options: rule.options?.fallback });
  return problems;
}
