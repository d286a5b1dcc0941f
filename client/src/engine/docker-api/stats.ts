/** What running containers take, as the engine measures it once a second. */
import { linesOf, segment, type Wire } from './wire.ts';
import { isAborted } from './engine-errors.ts';
import { isBlank, usageOf, type RawUsage } from './usage.ts';
import type { Usage } from '../usage.ts';

/** Ends with the container, or at abort. */
export async function* stats(
  wire: Wire,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Usage, void, undefined> {
  if (isAborted(signal)) return;
  const path = `/containers/${segment(id)}/stats`;
  let before: RawUsage | undefined;
  try {
    for await (const line of linesOf(wire, {
      method: 'GET',
      path,
      query: { stream: true },
      signal,
    })) {
      const raw = JSON.parse(line) as RawUsage;
      if (isBlank(raw)) return;
      const usage = usageOf(raw, before);
      before = raw;
      if (usage !== undefined) yield usage;
    }
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}
