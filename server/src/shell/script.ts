/** The tree of a shell script, whatever the dialect. Knows shells, knows no Dockerfile. */
import type { Node, Span } from '../text/span.ts';

export type Dialect = 'sh' | 'bash' | 'powershell' | 'cmd';

/** `$NAME`, `${NAME…}`, `%NAME%` or `$env:NAME` in a word. */
export interface ShellVariable extends Node {
  readonly name: string;
  readonly nameSpan: Span;
  /** Stands in double quotes, so that its value is not split into words. */
  readonly quoted: boolean;
}
export interface ShellWord extends Node {
  /** Unquoted value; expansions are left as written. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
  /** Nothing in it is expanded: no variable, substitution, brace or file pattern. */
  readonly literal: boolean;
  readonly variables: readonly ShellVariable[];
  /** What `$(…)`, back-ticks and `<(…)` in it run. */
  readonly scripts: readonly Statement[];
}
export interface Redirect extends Node {
  readonly operator: string;
  readonly target?: ShellWord | undefined;
  /** What a heredoc holds; it stands behind the line, outside the command's span. */
  readonly body?: ShellWord | undefined;
}
export interface Command extends Node {
  readonly kind: 'command';
  readonly name?: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
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
  /** What `for` goes through, `case` and its patterns compare, a test asks. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** Functions only. */
  readonly name?: string | undefined;
  /** What `for` and `select` assign. */
  readonly variable?: ShellWord | undefined;
}
export type Statement = Command | Pipeline | Chain | Block;
export interface Script {
  readonly dialect: Dialect;
  /** Separated by `;`, `&` or line ends. */
  readonly statements: readonly Statement[];
  /** What stands behind statement i, where it is `;`, `&` or a line end. */
  readonly separators: readonly ({ readonly text: ';' | '&' | '\n' } & Node)[];
  readonly errors: readonly Span[];
}
/** A command as met on the way: behind sudo or env it is wrapped, inside `sh -c` nested. */
export interface Met {
  readonly command: Command;
  readonly via: 'direct' | 'wrapped' | 'nested';
  /** From the outermost statement down to the one around the command. */
  readonly inside: readonly Statement[];
}
