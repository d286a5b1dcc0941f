/** Resource usage of running containers, as the engine measures it once per second. */
import { linesOf } from './requests.ts';
import { segment } from './request.ts';
import type { Wire } from './wire.ts';
import { isAborted } from './engine-errors.ts';
import { isEmptySample, rawUsage, toUsage, type RawUsage } from './usage.ts';
import type { Usage } from '../usage.ts';

/** Ends when the container does, or on abort. */
export async function* stats(
  wire: Wire,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Usage, void, undefined> {
  if (isAborted(signal)) return;
  const path = `/containers/${segment(id)}/stats`;
  const request = {
    method: 'GET',
    path,
    query: { stream: true },
    signal,
    patience: 'open',
  } as const;
  let previous: RawUsage | undefined;
  try {
    for await (const raw of linesOf(wire, request, rawUsage)) {
      if (isEmptySample(raw)) return;
      const usage = toUsage(raw, previous);
      previous = raw;
      if (usage !== undefined) yield usage;
    }
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}
