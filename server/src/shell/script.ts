/** The syntax tree of a shell script of any dialect, independent of Dockerfiles. */
import type { Node, Span } from '../text/span.ts';

export type Dialect = 'sh' | 'bash' | 'powershell' | 'cmd';

/** `$NAME`, `${NAME…}`, `%NAME%` or `$env:NAME` in a word. */
export interface ShellVariable extends Node {
  readonly name: string;
  readonly nameSpan: Span;
  /** Whether it is in double quotes, so that its value is not split into words. */
  readonly quoted: boolean;
}
export interface ShellWord extends Node {
  /** The unquoted value; expansions are left as written. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
  /** Nothing in it is expanded: no variable, substitution, brace or file pattern. */
  readonly literal: boolean;
  readonly variables: readonly ShellVariable[];
  /** The statements that `$(…)`, backticks and `<(…)` in it run. */
  readonly scripts: readonly Statement[];
}
export interface Redirect extends Node {
  readonly operator: string;
  readonly target?: ShellWord | undefined;
  /** The body of a heredoc, which comes after the line, outside the command's span. */
  readonly body?: ShellWord | undefined;
}
export interface Command extends Node {
  readonly kind: 'command';
  readonly name?: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** False if none of its words and redirects has scripts, as in most commands. */
  readonly mayContainScripts: boolean;
}
export interface Pipeline extends Node {
  readonly kind: 'pipeline';
  readonly parts: readonly Statement[];
  readonly negated: boolean;
}
export interface Chain extends Node {
  readonly kind: 'chain';
  readonly parts: readonly Statement[];
  /** One fewer than the parts: the operator between part i and part i + 1. */
  readonly operators: readonly ({ readonly text: '&&' | '||' } & Node)[];
}
export interface Block extends Node {
  readonly kind: 'block';
  readonly opener:
    | 'if'
    | 'for'
    | 'while'
    | 'until'
    | 'case'
    | 'select'
    | 'subshell'
    | 'group'
    | 'function'
    | 'test';
  /** Conditions and bodies, in order. */
  readonly bodies: readonly Statement[];
  /** Those of the bodies whose exit status `if`, `while` and `until` test. */
  readonly conditions?: readonly Statement[] | undefined;
  /** The list of `for`, the word and patterns of `case`, or the operands of a test, with the operator `-v`. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** Functions only. */
  readonly name?: string | undefined;
  /** The variable that `for` and `select` assign. */
  readonly variable?: ShellWord | undefined;
}
export type Statement = Command | Pipeline | Chain | Block;
export interface Script {
  readonly dialect: Dialect;
  /** Separated by `;`, `&` or line breaks. */
  readonly statements: readonly Statement[];
  /** The separator after statement i, if it is `;`, `&` or a line break. */
  readonly separators: readonly ({ readonly text: ';' | '&' | '\n' } & Node)[];
  readonly errors: readonly Span[];
}
/** A command and how it is run: directly, by a wrapper such as sudo or env, or in a nested script as in `sh -c`. */
export interface CommandOccurrence {
  readonly command: Command;
  readonly via: 'direct' | 'wrapped' | 'nested';
  /** The statements around the command, outermost first. */
  readonly ancestors: readonly Statement[];
}
