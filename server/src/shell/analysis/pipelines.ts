/** Pipes in a script, and whether a failure in one of them is lost. */
import type { Chain, Pipeline, Script, ShellWord, Statement } from '../script.ts';

/** They do not fail, or are cut off by what reads from them: `yes | …` would fail each time under pipefail. */
const harmless = new Set(['echo', 'printf', 'yes', 'true', ':', 'cat']);
const forgiving = new Set(['true', ':', 'echo', 'printf']);

/** Every pipe, outermost first, those in blocks and substitutions too. */
export function pipelinesOf({ statements }: Pick<Script, 'statements'>): readonly Pipeline[] {
  const found: Pipeline[] = [];
  for (const statement of statements) collect(statement, found);
  return found;
}

function collect(statement: Statement, found: Pipeline[]): void {
  switch (statement.kind) {
    case 'pipeline':
      if (statement.parts.length > 1) found.push(statement);
      for (const part of statement.parts) collect(part, found);
      return;
    case 'chain':
      for (const [i, part] of statement.parts.entries())
        if (!isForgiven(statement, i)) collect(part, found);
      return;
    case 'block':
      for (const part of statement.bodies) collect(part, found);
      return;
    case 'command':
      for (const word of statement.assignments) substituted(word, found);
      for (const word of statement.args) substituted(word, found);
  }
}

/** `… || true`: whoever writes so minds no failure. Any other `||` would not hear of one inside of a pipe. */
function isForgiven({ parts, operators }: Chain, i: number): boolean {
  const or = operators.findIndex(({ text }, at) => at >= i && text === '||');
  const next = or < 0 ? undefined : parts[or + 1];
  return next?.kind === 'command' && forgiving.has(next.name?.text ?? '');
}

function substituted({ scripts }: ShellWord, found: Pipeline[]): void {
  for (const statement of scripts) collect(statement, found);
}

/** Whether a command in front of the last one may fail. */
export function losesFailure({ parts }: Pipeline): boolean {
  return parts.slice(0, -1).some((part) => {
    if (part.kind !== 'command') return true;
    const { name, args, redirects } = part;
    const fails = name?.text === 'cat' && (args.length > 0 || redirects.length > 0);
    return fails || !harmless.has(name?.text ?? '');
  });
}

/** Whether `set -o pipefail` stands before a place in the script. */
export function setsPipefail({ statements }: Script, { span }: Pipeline): boolean {
  return statements.some((one) => one.span.start < span.start && sets(one));
}

function sets(statement: Statement): boolean {
  if (statement.kind === 'command') {
    return statement.name?.text === 'set' && statement.args.some(({ text }) => text === 'pipefail');
  }
  const inner = statement.kind === 'block' ? statement.bodies : statement.parts;
  return statement.kind !== 'pipeline' && inner.some(sets);
}
