/** The class of all commands. They have the same shape, whatever their shell and whatever parts they lack. */
import { cacheEntries, type CacheEntry } from '../text/object-cache.ts';
import type { Span } from '../text/span.ts';
import type { Command, Redirect, ShellWord } from './script.ts';

export class CommandNode implements Command {
  readonly kind = 'command' as const;
  readonly span: Span;
  readonly name: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  readonly mayContainScripts: boolean;
  /** Defined from the start, so that setting it does not change the shape. */
  [cacheEntries]: CacheEntry | undefined;

  constructor(
    span: Span,
    name: ShellWord | undefined,
    args: readonly ShellWord[],
    assignments: readonly ShellWord[] = none,
    redirects: readonly Redirect[] = none,
    mayContainScripts = true,
  ) {
    this.span = span;
    this.name = name;
    this.args = args;
    this.assignments = assignments;
    this.redirects = redirects;
    this.mayContainScripts = mayContainScripts;
    this[cacheEntries] = undefined;
  }
}

const none: readonly never[] = [];
