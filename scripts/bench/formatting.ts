/** Compares formatters on real files: whether the meaning stays, and how many lines change. */
import { format } from '../../server/src/features/formatting/format.ts';
import { defaultOptions } from '../../server/src/features/formatting/options.ts';
import { document } from '../../server/src/model/document.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { meaning, printedByBash, scriptsOf } from '../../test/corpus/formatted-meaning.ts';

/** Returns the formatted text; rejects or throws if it refuses the text. */
export type Formatter = (text: string) => string | Promise<string>;

export interface File {
  readonly name: string;
  readonly text: string;
}

/** The names of the files of each outcome, and the number of lines that are added or removed. */
export interface Outcome {
  readonly failed: string[];
  /** With the part that means something else. */
  readonly changed: string[];
  readonly unstable: string[];
  readonly untouched: string[];
  lines: number;
}

export function ours(text: string): string {
  return applyEdits(text, format(document('untitled:Dockerfile', text), defaultOptions));
}

/** Formats every file with a program, and once more what it returned. */
export async function outcome(files: readonly File[], formatter: Formatter): Promise<Outcome> {
  const found: Outcome = { failed: [], changed: [], unstable: [], untouched: [], lines: 0 };
  for (const { name, text } of files) {
    try {
      const once = await formatter(text);
      if (once === text) found.untouched.push(name);
      found.lines += changedLines(text, once);
      const difference = changedMeaning(text, once);
      if (difference !== undefined) found.changed.push(`${name}: ${difference}`);
      if ((await formatter(once)) !== once) found.unstable.push(name);
    } catch (error) {
      found.failed.push(`${name}: ${String(error).slice(0, 100)}`);
    }
  }
  return found;
}

/** What of a file means something else after formatting; undefined if all of it means the same. */
function changedMeaning(text: string, result: string): string | undefined {
  const [old, now] = [content(text), content(result)];
  for (const part of ['directives', 'comments', 'instructions'] as const)
    for (let i = 0; i < Math.max(old[part].length, now[part].length); i++)
      if (old[part][i] !== now[part][i])
        return `${part}, ${shown(old[part][i])} → ${shown(now[part][i])}`;
  const scripts = [scriptsOf(text), scriptsOf(result)] as const;
  if (scripts[0].length !== scripts[1].length) return 'the number of scripts';
  const [before, after] = scripts.map((list) => printedByBash(list).map(plain));
  for (const [i, script] of (before ?? []).entries())
    if (script !== undefined && script !== after?.[i])
      return `script, ${around(script, after?.[i] ?? 'a syntax error')}`;
  return undefined;
}

interface Content {
  readonly directives: readonly string[];
  readonly comments: readonly string[];
  readonly instructions: readonly string[];
}

/** Everything but the scripts, which other formatters lay out in other words of the same meaning. */
function content(text: string): Content {
  const tree = parse(text);
  const { directives, comments, instructions } = meaning(tree);
  const list = (values: readonly unknown[]): readonly string[] =>
    values.map((value) => JSON.stringify(value));
  return {
    directives: list(directives),
    comments: comments.map(([comment]) => comment.trim()),
    instructions: list(
      tree.instructions.map(({ kind, flags }, i) =>
        kind === 'RUN' ? flags.map(({ name, value }) => [name.text, value?.text]) : instructions[i],
      ),
    ),
  };
}

/** Scripts of the same meaning as one text: substitutions in one form, and line breaks as spaces. */
function plain(script: string | undefined): string | undefined {
  return script?.replace(/`([^`]*)`/g, '$($1)').replace(/\s+/g, ' ');
}

function shown(value: string | undefined): string {
  return value === undefined ? 'nothing' : value.slice(0, 120);
}

function around(old: string, now: string): string {
  let at = 0;
  while (at < old.length && old[at] === now[at]) at++;
  const from = Math.max(0, at - 30);
  return `${old.slice(from, at + 50)} → ${now.slice(from, at + 50)}`;
}

/** The number of lines that are only in one of two texts, in order. */
function changedLines(old: string, now: string): number {
  const [a, b] = [old.split('\n'), now.split('\n')];
  let row = new Uint32Array(b.length + 1);
  for (const line of a) {
    const next = new Uint32Array(b.length + 1);
    for (const [j, other] of b.entries())
      next[j + 1] = line === other ? (row[j] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    row = next;
  }
  return a.length + b.length - 2 * (row[b.length] ?? 0);
}
