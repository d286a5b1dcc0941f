/** Resource usage of containers of a fake engine. */
import type { FakeState } from './state.ts';
import { untilAborted, Queue } from '../../client/src/engine/queue.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

/** Yields the current measurement, then new ones until the container ends. */
export async function* fakeStats(
  state: FakeState,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Usage, void, undefined> {
  const box = state.box(id);
  if (box.container.state !== 'running' && box.container.state !== 'paused') return;
  const meter = new Queue<Usage>();
  box.meters.add(meter);
  meter.push(box.usage);
  try {
    yield* untilAborted(meter, signal);
  } finally {
    box.meters.delete(meter);
  }
}
