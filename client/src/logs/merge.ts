/** Merges the lines of several logs by time. Lines of one log keep their order. */
import type { LogBatch } from '../engine/log-batch.ts';

/** Takes lines of a batch, from index `from` up to `to`. */
export type Take = (source: number, batch: LogBatch, from: number, to: number) => void;

/** A batch of a log with the lines that were not taken yet. */
interface Head {
  readonly source: number;
  batch: LogBatch;
  at: number;
}

/** Merges batches that have arrived completely. */
export function mergeBatches(
  batches: readonly { readonly source: number; readonly batch: LogBatch }[],
  take: Take,
): void {
  const queues = new Map<number, LogBatch[]>();
  for (const { source, batch } of batches) {
    const queue = queues.get(source);
    if (queue === undefined) queues.set(source, [batch]);
    else queue.push(batch);
  }
  const heads: Head[] = [];
  for (const [source, queue] of queues) {
    const batch = queue.shift();
    if (batch !== undefined && batch.count > 0) heads.push({ source, batch, at: 0 });
  }
  while (heads.length > 0) {
    const head = takeEarliest(heads, take);
    if (head.at < head.batch.count) continue;
    const next = queues.get(head.source)?.shift();
    if (next === undefined) heads.splice(heads.indexOf(head), 1);
    else Object.assign(head, { batch: next, at: 0 });
  }
}

/** Lines of a batch of one log; valid until the next ones are requested. */
export interface LogRun {
  readonly source: number;
  readonly batch: LogBatch;
  readonly from: number;
  readonly to: number;
}

/** Merges logs that end. Reads no more of each log than necessary; a log that fails is passed to `fail` and ends. */
export async function* mergeLogs(
  logs: readonly { readonly source: number; readonly batches: AsyncIterable<LogBatch> }[],
  fail: (source: number, error: unknown) => void,
): AsyncGenerator<LogRun, void, undefined> {
  const readers = new Map(
    logs.map(({ source, batches }) => [source, batches[Symbol.asyncIterator]()] as const),
  );
  const next = async (source: number): Promise<LogBatch | undefined> => {
    try {
      const read = await readers.get(source)?.next();
      return read === undefined || read.done === true ? undefined : read.value;
    } catch (error) {
      fail(source, error);
      return undefined;
    }
  };
  try {
    const first = await Promise.all(logs.map(async ({ source }) => ({ source, batch: await next(source) }))); // prettier-ignore
    const heads = first.flatMap(({ source, batch }): Head[] =>
      batch === undefined ? [] : [{ source, batch, at: 0 }],
    );
    while (heads.length > 0) {
      const runs: LogRun[] = [];
      const head = takeEarliest(heads, (source, batch, from, to) => runs.push({ source, batch, from, to })); // prettier-ignore
      yield* runs;
      if (head.at < head.batch.count) continue;
      const batch = await next(head.source);
      if (batch === undefined) heads.splice(heads.indexOf(head), 1);
      else Object.assign(head, { batch, at: 0 });
    }
  } finally {
    for (const reader of readers.values()) await reader.return?.();
  }
}

/** Takes the lines of the earliest log up to the first line of another one that is earlier; returns the log. */
function takeEarliest(heads: readonly Head[], take: Take): Head {
  let first = heads[0] as Head;
  let second: Head | undefined;
  for (const head of heads.slice(1)) {
    if (isBefore(head, head.at, first)) {
      second = first;
      first = head;
    } else if (second === undefined || isBefore(head, head.at, second)) second = head;
  }
  const { batch, source, at } = first;
  let to = at + 1;
  if (second === undefined) to = batch.count;
  else while (to < batch.count && !isBefore(second, second.at, { batch, at: to })) to += 1;
  take(source, batch, at, to);
  first.at = to;
  return first;
}

/** Whether a line is earlier than the next line of another log. */
function isBefore(
  { batch }: Pick<Head, 'batch'>,
  at: number,
  other: Pick<Head, 'batch' | 'at'>,
): boolean {
  const difference = (batch.seconds[at] ?? 0) - (other.batch.seconds[other.at] ?? 0);
  if (difference !== 0) return difference < 0;
  return (batch.nanoseconds[at] ?? 0) < (other.batch.nanoseconds[other.at] ?? 0);
}
