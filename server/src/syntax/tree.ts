/**
 * The tree of a Dockerfile: what is written, with exact places, and nothing of what it means.
 * Every node's span lies in the text; children lie inside their parents, in order.
 */
import type { Masked, Node, Span } from '../text/span.ts';
import type { SyntaxTrouble } from './trouble.ts';

/** `$NAME` or `${NAME…}`, with the modifiers that BuildKit's shell lexer knows. */
export interface Variable extends Node {
  readonly name: string;
  /** Where the name itself stands. */
  readonly nameSpan: Span;
  readonly operator?: ':-' | ':+' | ':?' | '-' | '+' | '?' | '#' | '##' | '%' | '%%' | '/' | '//';
  /** Where the text behind the operator stands (the default, the pattern). */
  readonly operand?: Span;
}

/** One word as BuildKit splits it. */
export interface Word extends Node {
  /** As written, continuations taken out; quotes and escapes kept. */
  readonly raw: string;
  /** What it stands for with quotes and escapes taken off and variables left as written. */
  readonly text: string;
  /** Set when the whole word is in one pair of quotes. */
  readonly quote?: '"' | "'" | undefined;
  /** Variables that are expanded in it, nested ones included, outermost first. */
  readonly variables: readonly Variable[];
}

/** `--name` or `--name=value` in front of an instruction's arguments. */
export interface Flag extends Node {
  /** Without the dashes. */
  readonly name: Word;
  readonly value?: Word | undefined;
}

export interface Heredoc extends Node {
  /** The span of `<<EOF` itself is `span`; the name's text is without quotes. */
  readonly name: Word;
  /** Whether variables in the body are expanded: the name is not quoted. */
  readonly expands: boolean;
  /** `<<-`: leading tabs are taken off. */
  readonly chomp: boolean;
  /** From the line after the instruction to the start of the line with the end mark. */
  readonly body: Span;
  /** The end mark; undefined when the text ends before it. */
  readonly terminator?: Span;
  /** Variables in the body where it expands. */
  readonly variables: readonly Variable[];
}

/** One `key=value`; `ENV key value` is legacy. */
export interface Pair extends Node {
  readonly key: Word;
  /** Absent for `ARG NAME`. */
  readonly value?: Word | undefined;
  readonly legacy: boolean;
}

/** Exec form is a JSON array; its words' spans include the quotes, their text does not. */
export interface ExecForm extends Node {
  readonly form: 'exec';
  readonly argv: readonly Word[];
}
export interface ShellForm extends Node {
  readonly form: 'shell';
  /** Flags are outside it; the bodies of heredocs are in it, end marks included. */
  readonly script: Masked;
}
export type CommandLine = ExecForm | ShellForm;

interface Base<K extends string> extends Node {
  readonly kind: K;
  /** As written; `text` keeps the casing. */
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  readonly heredocs: readonly Heredoc[];
  /** The words after keyword and flags, as BuildKit would split them; always there, whatever the kind. */
  readonly words: readonly Word[];
  /** Set on the trigger inside ONBUILD. */
  readonly onbuild?: boolean | undefined;
}
export interface From extends Base<'FROM'> {
  readonly image?: Word | undefined;
  /** The keyword `AS`, where written. */
  readonly as?: Word | undefined;
  readonly name?: Word | undefined;
}
export interface Run extends Base<'RUN'> {
  readonly command?: CommandLine | undefined;
}
export interface Copy extends Base<'COPY' | 'ADD'> {
  /** Heredocs among the sources are in `heredocs`, not here. */
  readonly sources: readonly Word[];
  readonly target?: Word | undefined;
  readonly json: boolean;
}
export interface Assign extends Base<'ARG' | 'ENV' | 'LABEL'> {
  readonly pairs: readonly Pair[];
}
export interface Start extends Base<'CMD' | 'ENTRYPOINT' | 'SHELL'> {
  readonly command?: CommandLine | undefined;
}
export interface HealthCheck extends Base<'HEALTHCHECK'> {
  /** `CMD` or `NONE` as written. */
  readonly type?: Word | undefined;
  readonly command?: CommandLine | undefined;
}
export interface OnBuild extends Base<'ONBUILD'> {
  readonly trigger?: Instruction | undefined;
}
export interface Plain extends Base<
  'EXPOSE' | 'VOLUME' | 'USER' | 'WORKDIR' | 'STOPSIGNAL' | 'MAINTAINER'
> {
  readonly args: readonly Word[];
}
export interface Unknown extends Base<'unknown'> {
  readonly args: readonly Word[];
}
export type Instruction =
  From | Run | Copy | Assign | Start | HealthCheck | OnBuild | Plain | Unknown;
export type Kind = Instruction['kind'];
/** The instruction of a kind; of several kinds, the union of each one's, so that none loses what it has. */
export type Of<K extends Kind> = K extends Kind ? OfKind<Instruction, K> : never;
type OfKind<I extends Instruction, K> = I extends unknown
  ? K extends I['kind']
    ? I & { readonly kind: K }
    : never
  : never;

/** A parser directive at the top: `# syntax=…`, `# escape=…`, `# check=…`. */
export interface Directive extends Node {
  /** Lower case. */
  readonly name: 'syntax' | 'escape' | 'check';
  readonly nameSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}
/** A comment line, from `#` to the end of its line (line break excluded). */
export interface Comment extends Node {
  /** Without `#`, not trimmed. */
  readonly text: string;
  /** Whether it stands between the lines of one instruction. */
  readonly inside: boolean;
}
export interface Dockerfile {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  readonly errors: readonly SyntaxTrouble[];
  /** Empty lines inside continued instructions, their line breaks included. */
  readonly emptyContinuations: readonly Span[];
}
