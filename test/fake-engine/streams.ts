/** The endless streams of the in-memory engine. */
import type { Engine, EngineEvent } from '../../client/src/engine/engine.ts';
import { LogLineReader } from '../../client/src/engine/docker-api/log-lines.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import type { LogBatch } from '../../client/src/engine/log-batch.ts';
import { Queue, untilAborted } from '../../client/src/engine/queue.ts';
import type { FakeState } from './state.ts';

/** The output of a container; ends when it does, or on abort. */
export async function* fakeLogs(
  state: FakeState,
  id: string,
  options: Parameters<Engine['logs']>[1],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const box = state.box(id);
  const since = options.since === undefined ? -Infinity : options.since * 1000;
  const until = options.until === undefined ? Infinity : options.until * 1000;
  const lines = box.log
    .join('')
    .split(/(?<=\n)/)
    .filter(
      (line) =>
        line !== '' && Date.parse(timeOf(line)) >= since && Date.parse(timeOf(line)) <= until,
    );
  const queue = new Queue<Uint8Array>();
  const encoder = new TextEncoder();
  for (const line of lines.slice(Math.max(0, lines.length - options.tail)))
    queue.push(encoder.encode(line));
  if (!options.follow || box.container.state !== 'running') queue.end();
  else box.readers.add(queue);
  const decoder = new TextDecoder();
  for await (const chunk of untilAborted(queue, signal)) {
    const text = decoder.decode(chunk, { stream: true });
    const stamp = (line: string): string => (options.timestamps ? `${timeOf(line)} ` : '');
    if (text === '') continue;
    const stamped = text.split(/(?<=\n)/).map((line) => stamp(line) + line.replace(writtenAt, ''));
    yield encoder.encode(stamped.join(''));
  }
  box.readers.delete(queue);
}

/** The same as lines. */
export async function* fakeLogLines(
  state: FakeState,
  id: string,
  options: Parameters<Engine['logLines']>[1],
  signal: AbortSignal,
): AsyncGenerator<LogBatch, void, undefined> {
  const reader = new LogLineReader({ framed: false, podman: false });
  for await (const chunk of fakeLogs(state, id, { ...options, timestamps: true }, signal)) {
    const batch = reader.read(chunk);
    if (batch.count > 0) yield batch;
  }
  const last = reader.end();
  if (last.count > 0) yield last;
}

/** A line can start with the time at which it was written. */
const writtenAt = /^(\d{4}-\d\d-\d\dT\S+Z) /;

function timeOf(line: string): string {
  return writtenAt.exec(line)?.[1] ?? '2026-01-01T00:00:00.000000000Z';
}

/** Events since a time, and those that follow, until the signal is aborted. */
export async function* fakeEvents(
  state: FakeState,
  signal: AbortSignal,
  since?: string,
  until?: string,
): AsyncGenerator<EngineEvent, void, undefined> {
  state.check();
  const queue = new Queue<EngineEvent>();
  if (until === undefined) state.listeners.add(queue);
  if (since !== undefined) {
    const missed = state.history.filter((event) => BigInt(event.timeNano) > BigInt(since));
    for (const event of missed) queue.push(event);
  }
  if (until !== undefined) queue.end();
  try {
    yield* untilAborted(queue, signal);
  } finally {
    state.listeners.delete(queue);
  }
}

/** The same items; throws EngineError when the signal is aborted. */
export async function* throwWhenAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  for await (const item of items) {
    if (signal?.aborted) throw new EngineError('cancelled', 'Cancelled');
    yield item;
  }
}
