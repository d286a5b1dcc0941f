/** The classic builder's talk, told as build events. */
import type { BuildEvent } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import { streamed } from './engine-errors.ts';

export interface RawLine {
  readonly id?: string;
  readonly aux?: unknown;
  readonly stream?: string;
  readonly status?: string;
  readonly progress?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** The image that came out, and the error that stands in the stream of a build that began well. */
export function* common(raw: RawLine): Generator<BuildEvent> {
  const error = raw.errorDetail?.message ?? raw.error;
  if (error !== undefined) throw streamed(error);
  const { ID } = (typeof raw.aux === 'object' ? (raw.aux ?? {}) : {}) as { readonly ID?: unknown };
  if (typeof ID === 'string') yield { kind: 'image', id: ID };
}

interface Step {
  readonly id: string;
  readonly name: string;
  readonly begun: number;
  cached: boolean;
}

/** A step ends where the next begins. */
export async function* classicEvents(
  lines: AsyncIterable<RawLine>,
): AsyncGenerator<BuildEvent, void, undefined> {
  let step: Step | undefined;
  try {
    for await (const raw of lines) {
      yield* common(raw);
      const text = raw.stream ?? pullLine(raw);
      if (text === undefined) continue;
      const next = stepOf(text);
      yield* next ? turn(step, next) : said(step, text);
      step = next ?? step;
    }
    if (step) yield ended(step, step.cached ? 'cached' : 'done');
  } catch (error) {
    if (step && isEngineError(error) && error.kind !== 'cancelled') {
      yield ended(step, 'failed', error.message);
    }
    throw error;
  }
}

function* turn(before: Step | undefined, next: Step): Generator<BuildEvent> {
  if (before) yield ended(before, before.cached ? 'cached' : 'done');
  yield { kind: 'step', id: next.id, name: next.name, state: 'running' };
}

function* said(step: Step | undefined, text: string): Generator<BuildEvent> {
  if (step && /^ *-+> Using cache/.test(text)) step.cached = true;
  else yield { kind: 'log', ...(step && { id: step.id }), text };
}

function stepOf(text: string): Step | undefined {
  const [, number, name] = /^step (\d+\/\d+) ?: (.*)/i.exec(text) ?? [];
  if (number === undefined || name === undefined) return undefined;
  return { id: number, name: `[${number}] ${name}`, begun: performance.now(), cached: false };
}

function ended(step: Step, state: 'done' | 'cached' | 'failed', error?: string): BuildEvent {
  const duration = Math.round(performance.now() - step.begun);
  const { id, name } = step;
  return { kind: 'step', id, name, state, duration, ...(error !== undefined && { error }) };
}

/** Progress bars of layers would be one line each time they move. */
function pullLine({ status, progress, id }: RawLine): string | undefined {
  if (status === undefined || (progress !== undefined && progress !== '')) return undefined;
  return `${id === undefined ? '' : `${id}: `}${status}\n`;
}
