/** Resource usage of running containers, as the engine measures it once per second. */
import { linesOf, segment, type Wire } from './wire.ts';
import { isAborted } from './engine-errors.ts';
import { isEmptySample, toUsage, type RawUsage } from './usage.ts';
import type { Usage } from '../usage.ts';

/** Ends when the container does, or on abort. */
export async function* stats(
  wire: Wire,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Usage, void, undefined> {
  if (isAborted(signal)) return;
  const path = `/containers/${segment(id)}/stats`;
  let previous: RawUsage | undefined;
  try {
    for await (const line of linesOf(wire, {
      method: 'GET',
      path,
      query: { stream: true },
      signal,
    })) {
      const raw = JSON.parse(line) as RawUsage;
      if (isEmptySample(raw)) return;
      const usage = toUsage(raw, previous);
      previous = raw;
      if (usage !== undefined) yield usage;
    }
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}
