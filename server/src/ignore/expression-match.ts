/** Matches an expression in linear time: all its states are followed at once, so no part of the text is read again. */
import type { Assertion, Expression } from './expression.ts';

/** Whether the expression matches some part of the text, as `MatchString` of Go. */
export function isMatch({ steps, starts }: Expression, text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const run: Run = { steps, codes, seen: new Int32Array(steps.length), stack: [] };
  let states: number[] = [];
  for (let at = 0; at <= codes.length; at++) {
    for (const start of starts) follow(run, start, { at, states });
    if (states.some((state) => steps[state]?.kind === 'match')) return true;
    const next: number[] = [];
    for (const state of states) {
      const step = steps[state];
      if (step?.kind === 'character' && at < codes.length && step.test(codes[at] ?? 0))
        follow(run, state + 1, { at: at + 1, states: next });
    }
    states = next;
  }
  return false;
}

interface Run {
  readonly steps: Expression['steps'];
  readonly codes: readonly number[];
  /** For each step, the number of the place where it was reached last. */
  readonly seen: Int32Array;
  readonly stack: number[];
}

/** Adds the steps that are reached from one without reading a character. */
function follow(
  { steps, codes, seen, stack }: Run,
  from: number,
  { at, states }: { readonly at: number; readonly states: number[] },
): void {
  stack.push(from);
  for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
    if (seen[state] === at + 1) continue;
    seen[state] = at + 1;
    const step = steps[state];
    if (step === undefined) continue;
    if (step.kind === 'split') stack.push(state + step.by, state + 1);
    else if (step.kind === 'jump') stack.push(state + step.by);
    else if (step.kind !== 'assert') states.push(state);
    else if (holds(step.what, codes, at)) stack.push(state + 1);
  }
}

function holds(what: Assertion, codes: readonly number[], at: number): boolean {
  if (what === 'start') return at === 0;
  if (what === 'end') return at === codes.length;
  const isBoundary = isWordCode(codes[at - 1]) !== isWordCode(codes[at]);
  return isBoundary === (what === 'boundary');
}

function isWordCode(code: number | undefined): boolean {
  return code !== undefined && /^\w$/.test(String.fromCodePoint(code));
}
