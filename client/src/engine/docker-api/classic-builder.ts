/** Converts the output of the classic builder to build events. */
import type { BuildEvent } from '../../../../contract/build.ts';
import { isEngineError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { object, text } from './json-readers.ts';
import { failureShape, throwStreamError, type RawFailure } from './stream-failure.ts';

export interface RawLine extends RawFailure {
  readonly id?: string;
  /** A text, or the id in an object. */
  readonly aux?: string;
  readonly stream?: string;
  readonly status?: string;
  readonly progress?: string;
}

export const rawLine = object<RawLine>({
  id: text,
  aux: (value) => text(value) ?? (isObject(value) ? text(value.ID) : undefined),
  stream: text,
  status: text,
  progress: text,
  ...failureShape,
});

/** Yields the built image. Throws if the line is an error: the response has already started with status 200. */
export function* commonEvents(raw: RawLine): Generator<BuildEvent> {
  throwStreamError(raw);
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(raw.aux ?? '')) yield { kind: 'image', id: raw.aux ?? '' };
}

interface Step {
  readonly id: string;
  readonly name: string;
  readonly startedAt: number;
  cached: boolean;
}

/** Yields build events; a step ends where the next one begins. */
export async function* classicEvents(
  lines: AsyncIterable<RawLine>,
): AsyncGenerator<BuildEvent, void, undefined> {
  let step: Step | undefined;
  try {
    for await (const raw of lines) {
      yield* commonEvents(raw);
      const text = raw.stream ?? pullLine(raw);
      if (text === undefined) continue;
      const next = stepOf(text);
      yield* next ? nextStepEvents(step, next) : outputEvents(step, text);
      step = next ?? step;
    }
    if (step) yield stepEndEvent(step, step.cached ? 'cached' : 'done');
  } catch (error) {
    if (step && isEngineError(error) && error.kind !== 'cancelled') {
      yield stepEndEvent(step, 'failed', error.message);
    }
    throw error;
  }
}

function* nextStepEvents(previous: Step | undefined, next: Step): Generator<BuildEvent> {
  if (previous) yield stepEndEvent(previous, previous.cached ? 'cached' : 'done');
  yield { kind: 'step', id: next.id, name: next.name, state: 'running' };
}

function* outputEvents(step: Step | undefined, text: string): Generator<BuildEvent> {
  if (step && /^ *-+> Using cache/.test(text)) step.cached = true;
  else yield { kind: 'log', ...(step && { id: step.id }), text };
}

function stepOf(text: string): Step | undefined {
  const [, number, name] = /^step (\d+\/\d+) ?: (.*)/i.exec(text) ?? [];
  if (number === undefined || name === undefined) return undefined;
  return { id: number, name: `[${number}] ${name}`, startedAt: performance.now(), cached: false };
}

function stepEndEvent(step: Step, state: 'done' | 'cached' | 'failed', error?: string): BuildEvent {
  const duration = Math.round(performance.now() - step.startedAt);
  const { id, name } = step;
  return { kind: 'step', id, name, state, duration, ...(error !== undefined && { error }) };
}

/** The text of a pull status. Progress bars are skipped, because each update would be a line. */
function pullLine({ status, progress, id }: RawLine): string | undefined {
  if (status === undefined || (progress !== undefined && progress !== '')) return undefined;
  return `${id === undefined ? '' : `${id}: `}${status}\n`;
}
