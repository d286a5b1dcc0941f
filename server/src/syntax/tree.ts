/**
 * The syntax tree of a Dockerfile: what is written, with exact spans, without its meaning. The span of every node is
 * within the text; children are within their parents, in order.
 */
import type { MaskedText, Node, Span } from '../text/span.ts';
import type { SyntaxTrouble } from './trouble.ts';

/** `$NAME` or `${NAME…}`, with the modifiers that BuildKit's shell lexer supports. */
export interface Variable extends Node {
  readonly name: string;
  /** The span of the name alone. */
  readonly nameSpan: Span;
  readonly operator?: ':-' | ':+' | ':?' | '-' | '+' | '?' | '#' | '##' | '%' | '%%' | '/' | '//';
  /** The span of the text after the operator (the default or the pattern). */
  readonly operand?: Span;
}

/** One word as BuildKit splits it. */
export interface Word extends Node {
  /** As written, without continuations; quotes and escapes are kept. */
  readonly raw: string;
  /** The value without quotes and escapes; variables are left as written. */
  readonly text: string;
  /** Set if the whole word is in one pair of quotes. */
  readonly quote?: '"' | "'" | undefined;
  /** The variables that are expanded in it, including nested ones, outermost first. */
  readonly variables: readonly Variable[];
}

/** `--name` or `--name=value` before the arguments of an instruction. */
export interface Flag extends Node {
  /** Without the dashes. */
  readonly name: Word;
  readonly value?: Word | undefined;
}

export interface Heredoc extends Node {
  /** The name in `<<EOF`, whose span is that of the heredoc; its text has no quotes. */
  readonly name: Word;
  /** Whether variables in the body are expanded: the name is not quoted. */
  readonly expands: boolean;
  /** `<<-`: leading tabs are removed. */
  readonly chomp: boolean;
  /** From the line after the instruction to the start of the line with the terminator. */
  readonly body: Span;
  /** The name that ends the body; undefined if the text ends before it. */
  readonly terminator?: Span | undefined;
  /** The variables in the body if it is expanded. */
  readonly variables: readonly Variable[];
}

/** One `key=value`; `ENV key value` is legacy. */
export interface Pair extends Node {
  readonly key: Word;
  /** Absent for `ARG NAME`. */
  readonly value?: Word | undefined;
  readonly legacy: boolean;
}

/** A JSON array. The spans of its words include the quotes, their texts do not. */
export interface ExecForm extends Node {
  readonly form: 'exec';
  readonly argv: readonly Word[];
}
export interface ShellForm extends Node {
  readonly form: 'shell';
  /** Without flags, but with the bodies and terminators of heredocs. */
  readonly script: MaskedText;
}
export type CommandLine = ExecForm | ShellForm;

interface Base<K extends string> extends Node {
  readonly kind: K;
  /** As written, in any case. */
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  readonly heredocs: readonly Heredoc[];
  /** The words after the keyword and the flags, split as in BuildKit. Set for every kind. */
  readonly words: readonly Word[];
  /** Set on the trigger inside ONBUILD. */
  readonly onbuild?: boolean | undefined;
}
export interface From extends Base<'FROM'> {
  readonly image?: Word | undefined;
  /** The keyword `AS`, if it is written. */
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
/**
 * The instruction of a kind. For several kinds, it is the union of their instructions, so that each keeps its
 * properties.
 */
export type InstructionOf<K extends Kind> = K extends Kind ? OfKind<Instruction, K> : never;
type OfKind<I extends Instruction, K> = I extends unknown
  ? K extends I['kind']
    ? I & { readonly kind: K }
    : never
  : never;

/** A parser directive at the top: `# syntax=…`, `# escape=…`, `# check=…`. */
export interface Directive extends Node {
  /** In lowercase. */
  readonly name: 'syntax' | 'escape' | 'check';
  readonly nameSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}
/** A comment line, from `#` to the end of the line, without the line break. */
export interface Comment extends Node {
  /** Without `#`, not trimmed. */
  readonly text: string;
  /** Whether it is between the lines of one instruction. */
  readonly isInside: boolean;
}
export interface Dockerfile {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  readonly errors: readonly SyntaxTrouble[];
  /** Empty lines inside continued instructions, with their line breaks. */
  readonly emptyContinuations: readonly Span[];
}
