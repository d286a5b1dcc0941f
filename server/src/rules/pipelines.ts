/** Pipes in a script, and whether a failure in one of them is lost. */
import type { Pipeline, Script, Statement } from '../shell/script.ts';

/** They do not fail, or are cut off by what reads from them: `yes | …` would fail each time under pipefail. */
const harmless = new Set(['echo', 'printf', 'yes', 'true', ':', 'cat']);

/** Every pipe, outermost first, those in blocks and substitutions too. */
export function pipelinesOf({ statements }: Pick<Script, 'statements'>): readonly Pipeline[] {
  return statements.flatMap(pipelinesIn);
}

function pipelinesIn(statement: Statement): readonly Pipeline[] {
  switch (statement.kind) {
    case 'pipeline':
      return [
        ...(statement.parts.length > 1 ? [statement] : []),
        ...statement.parts.flatMap(pipelinesIn),
      ];
    case 'chain':
      // What has `||` deals with its failures.
      return statement.operators.some(({ text }) => text === '||')
        ? []
        : statement.parts.flatMap(pipelinesIn);
    case 'block':
      return statement.bodies.flatMap(pipelinesIn);
    case 'command':
      return [...statement.assignments, ...statement.args].flatMap(({ scripts }) =>
        scripts.flatMap(pipelinesIn),
      );
  }
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
