/** Pipelines in a script, and whether the failure of a command in one of them is ignored. */
import { nameOf } from '../commands.ts';
import { mayFail } from './reliable-commands.ts';
import type { Chain, Pipeline, Script, Statement } from '../script.ts';

const alwaysSucceeding = new Set(['true', ':', 'echo', 'printf']);

/**
 * Every pipeline, outermost first, including those in blocks and substitutions, without those whose status is a
 * condition: which branch they choose must not depend on how much the last command reads.
 */
export function pipelinesOf({ statements }: Pick<Script, 'statements'>): readonly Pipeline[] {
  const found: Pipeline[] = [];
  collectAll(statements, found);
  return found;
}

/** Statements of which no status is a condition. */
function collectAll(statements: readonly Statement[], found: Pipeline[]): void {
  for (let i = 0; i < statements.length; i++) collect(statements[i] as Statement, found);
}

function collect(statement: Statement, found: Pipeline[]): void {
  switch (statement.kind) {
    case 'pipeline':
      if (statement.parts.length > 1) found.push(statement);
      collectAll(statement.parts, found);
      return;
    case 'chain': {
      const ignored = ignoredParts(statement);
      for (let i = 0; i < statement.parts.length; i++) {
        const part = statement.parts[i] as Statement;
        if (ignored?.[i] !== true && !isCondition(part)) collect(part, found);
      }
      return;
    }
    case 'block':
      for (const part of statement.bodies)
        if (statement.conditions?.includes(part) !== true) collect(part, found);
      return;
    case 'command':
      // `echo "$(a | b)"`: the status of a substitution in an argument is ignored, with pipefail, too.
      if (statement.name === undefined)
        for (const { scripts } of statement.assignments) collectAll(scripts, found);
  }
}

/** `a | grep -q b && c`, `a | grep -q b || c` */
function isCondition(part: Statement): boolean {
  return part.kind === 'pipeline' && stopsEarly(part);
}

/**
 * The parts whose failure is ignored on purpose, as with `… || true`; undefined if the chain has no `||`. Any other `||` does not
 * detect a failure inside a pipeline.
 */
function ignoredParts({ parts, operators }: Chain): readonly boolean[] | undefined {
  if (!operators.some(({ text }) => text === '||')) return undefined;
  const ignored: boolean[] = [];
  // The next `||` decides.
  let isIgnored = false;
  for (let i = parts.length - 1; i >= 0; i--) {
    if (operators[i]?.text === '||') isIgnored = alwaysSucceeds(parts[i + 1]);
    ignored[i] = isIgnored;
  }
  return ignored;
}

function alwaysSucceeds(statement: Statement | undefined): boolean {
  return statement?.kind === 'command' && alwaysSucceeding.has(statement.name?.text ?? '');
}

/** Whether a command before the last one may fail, so that the step goes on without what it should have done. */
export function hidesFailure({ parts, negated }: Pipeline): boolean {
  return !negated && parts.slice(0, -1).some(mayFail);
}

/**
 * Whether a pipeline ends with a command that may stop reading early, as `grep -q` and `head`. A command before it is
 * then stopped by a signal, which pipefail makes the status of the pipeline.
 */
export function stopsEarly({ parts }: Pipeline): boolean {
  const last = parts.at(-1);
  if (last?.kind !== 'command') return false;
  const name = nameOf(last) ?? '';
  if (name === 'head') return true;
  return /^[ef]?grep$/.test(name) && last.args.some(({ text }) => /^(?:-[a-zA-Z]*[qm]\w*|--quiet|--max-count.*)$/.test(text)); // prettier-ignore
}

/** Whether a script has a pipeline that stops early, also as a condition. */
export function stopsPipelineEarly({ statements }: Pick<Script, 'statements'>): boolean {
  return statements.some(containsEarlyStop);
}

function containsEarlyStop(statement: Statement): boolean {
  switch (statement.kind) {
    case 'pipeline':
      return stopsEarly(statement) || statement.parts.some(containsEarlyStop);
    case 'chain':
      return statement.parts.some(containsEarlyStop);
    case 'block':
      return statement.bodies.some(containsEarlyStop);
    case 'command':
      return [...statement.assignments, ...statement.args].some(({ scripts }) =>
        scripts.some(containsEarlyStop),
      );
  }
}

/** Where the first statement with `set -o pipefail` begins; infinite if there is none. It applies to what begins after that. */
export function pipefailStart({ statements }: Pick<Script, 'statements'>): number {
  return statements.find(containsPipefail)?.span.start ?? Infinity;
}

function containsPipefail(statement: Statement): boolean {
  if (statement.kind === 'command') {
    return statement.name?.text === 'set' && statement.args.some(({ text }) => text === 'pipefail');
  }
  const inner = statement.kind === 'block' ? statement.bodies : statement.parts;
  return statement.kind !== 'pipeline' && inner.some(containsPipefail);
}
