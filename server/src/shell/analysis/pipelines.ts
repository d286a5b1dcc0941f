/** Pipelines in a script, and whether the failure of a command in one of them is ignored. */
import type { Chain, Pipeline, Script, ShellWord, Statement } from '../script.ts';

/**
 * Commands that cannot fail, or that are stopped when the next command exits: `yes | …` would always fail under
 * pipefail.
 */
const harmless = new Set(['echo', 'printf', 'yes', 'true', ':', 'cat']);
const alwaysSucceeding = new Set(['true', ':', 'echo', 'printf']);

/** Every pipeline, outermost first, including those in blocks and substitutions. */
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
        if (!ignoresFailure(statement, i)) collect(part, found);
      return;
    case 'block':
      for (const part of statement.bodies) collect(part, found);
      return;
    case 'command':
      for (const word of statement.assignments) collectSubstitutions(word, found);
      for (const word of statement.args) collectSubstitutions(word, found);
  }
}

/** With `… || true`, failures are ignored on purpose. Any other `||` does not detect a failure inside a pipeline. */
function ignoresFailure({ parts, operators }: Chain, i: number): boolean {
  const or = operators.findIndex(({ text }, at) => at >= i && text === '||');
  const next = or < 0 ? undefined : parts[or + 1];
  return next?.kind === 'command' && alwaysSucceeding.has(next.name?.text ?? '');
}

function collectSubstitutions({ scripts }: ShellWord, found: Pipeline[]): void {
  for (const statement of scripts) collect(statement, found);
}

/** Whether a command before the last one may fail. */
export function hidesFailure({ parts }: Pipeline): boolean {
  return parts.slice(0, -1).some((part) => {
    if (part.kind !== 'command') return true;
    const { name, args, redirects } = part;
    const fails = name?.text === 'cat' && (args.length > 0 || redirects.length > 0);
    return fails || !harmless.has(name?.text ?? '');
  });
}

/** Whether `set -o pipefail` comes before a pipeline in the script. */
export function setsPipefail({ statements }: Script, { span }: Pipeline): boolean {
  return statements.some((one) => one.span.start < span.start && containsPipefail(one));
}

function containsPipefail(statement: Statement): boolean {
  if (statement.kind === 'command') {
    return statement.name?.text === 'set' && statement.args.some(({ text }) => text === 'pipefail');
  }
  const inner = statement.kind === 'block' ? statement.bodies : statement.parts;
  return statement.kind !== 'pipeline' && inner.some(containsPipefail);
}
