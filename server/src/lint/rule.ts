/** The contract of a rule: what it says of itself, what it sees, what it reports. */
import type { Schema } from '../../../contract/schema.ts';
import type { Model } from '../model/model.ts';
import type { Edit } from '../text/edit.ts';
import type { Node } from '../text/span.ts';
import type { IgnoredName } from './ignore-comment.ts';
import type { Surroundings } from './surroundings.ts';
import type { Trigger } from './trigger.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A change that repairs a problem. Safe unless said: a safe one changes no meaning of a build that succeeds. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe?: false;
}

export interface Problem {
  /** The smallest text that has to change. */
  readonly at: Node;
  /** What is wrong with this text; no full stop, names in back-ticks. */
  readonly message: string;
  readonly fix?: Fix | undefined;
  /** Alternatives, offered but never applied alone. */
  readonly others?: readonly Fix[] | undefined;
  readonly related?: readonly { readonly at: Node; readonly message: string }[] | undefined;
  readonly tag?: 'unnecessary' | 'deprecated' | undefined;
  /** Which of the rule's `also` names would report this very problem; all of them unless said. */
  readonly also?: readonly string[] | undefined;
  /** BuildKit itself refuses the file for it: the finding is of category build-error, wherever its rule stands. */
  readonly refused?: true | undefined;
}

/** `bad` carries «marks» around exactly what is reported; `good` is exactly what the fix makes of it. */
export interface Example {
  readonly bad: string;
  readonly good: string;
  readonly options?: object;
  readonly note?: string;
  /** The text of the `.dockerignore` beside it; false where there is none. Unless said, nothing is known of it. */
  readonly dockerignore?: string | false;
}

export interface RuleMeta {
  /** One imperative line without a full stop. */
  readonly summary: string;
  /** Markdown, one or two paragraphs. */
  readonly why: string;
  /** The default. */
  readonly severity: Severity | 'off';
  readonly fix?: 'safe' | 'unsafe';
  readonly since: string;
  /**
   * What it looks at beside the text: the files around, without which it is silent; or what comments ignore, for which
   * it runs after all others.
   */
  readonly needs?: 'surroundings' | 'ignores';
  /** Where it has nothing to say about a file without these: it is not called then. */
  readonly on?: Trigger;
  /** The names under which others know it; honoured in ignore comments. */
  readonly also?: {
    readonly hadolint?: readonly string[];
    readonly buildkit?: readonly string[];
    /** With the prefix `tally/`; for comments and pages only, findings do not carry them. */
    readonly tally?: readonly string[];
  };
  readonly links?: readonly string[];
  readonly examples: readonly [Example, ...Example[]];
}

/** What there is to see beside the text; a rule gets what it `needs`. */
export interface Around {
  readonly surroundings?: Surroundings | undefined;
  readonly ignores?: readonly Mention[] | undefined;
  /** All names by which a comment may ignore something: ids, and the names of others. */
  readonly names?: (() => readonly string[]) | undefined;
}

/** A name in a comment that ignores it, and what came of it. */
export interface Mention extends IgnoredName {
  /** Whether a rule goes by this name, and was run. */
  readonly means: 'a rule' | 'a rule that is off' | 'nothing';
}

/**
 * Takes what a rule finds. A call, as most rules find nothing in most files: to make a generator for each of them and
 * ask it once took a fourteenth of the time of linting.
 */
export type Report = (problem: Problem) => void;

export interface RuleContext<O> extends Around {
  readonly model: Model;
  readonly options: O;
  readonly report: Report;
}

export interface Definition<O> extends RuleMeta {
  readonly options?: Schema<O>;
  /** Gives `undefined` and not just anything, as a generator or a promise would be, of which nobody would hear. */
  check(context: RuleContext<O>): undefined;
}

/** A definition whose option type is closed over: what the runner, the docs and the settings see. */
export interface Rule extends RuleMeta {
  readonly options?: Schema<unknown>;
  /** Takes the options as `optionsOf` reads them. */
  readonly check: (context: RuleContext<unknown>) => void;
}

/** Made by the generated barrel: id from the file's name, category from its folder. */
export interface Registered {
  readonly id: string;
  readonly category: string;
  readonly rule: Rule;
}

/** Every name of a rule: its id and what others call it. */
export function namesOf({ id, rule: { also } }: Registered): readonly string[] {
  return [id, ...(also?.hadolint ?? []), ...(also?.buildkit ?? []), ...(also?.tally ?? [])];
}

/** A problem with the rule that found it. */
export interface Finding extends Problem {
  readonly rule: string;
  readonly category: string;
  readonly severity: Severity;
  readonly also: readonly string[];
}

/** What rules are told to do: by id, a severity, or a severity and options. */
export interface LintConfig {
  readonly everyRule?: boolean;
  readonly rules: Readonly<Record<string, Severity | 'off' | Setting>>;
  /** False: hadolint's ignore comments have no effect. */
  readonly pragmas?: false;
  /** From which severity on the command line fails, where it is not told itself. */
  readonly failOn?: Severity | 'never';
}

export interface Setting {
  readonly severity?: Severity | 'off';
  readonly options?: unknown;
  /** Only for what another linter would report under a name of its own, in lower case. */
  readonly named?: Readonly<Record<string, Severity | 'off'>>;
}

/** Closes a definition over its options. */
export function rule<O = undefined>(definition: Definition<O>): Rule {
  return definition as Rule;
}

/** A rule's options by its schema, from raw settings; its own where these do not fit. */
export function optionsOf({ options }: Rule, raw: unknown): unknown {
  return options?.read(raw) ?? options?.fallback;
}

/** All that a rule finds in a file, with its options as they are by default. */
export function problemsOf(rule: Rule, model: Model): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  rule.check({ model, report, options: rule.options?.fallback });
  return problems;
}
