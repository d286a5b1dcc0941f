/** What containers of a fake engine take. */
import type { FakeState } from './state.ts';
import { endedBy, Queue } from '../../client/src/engine/queue.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

/** Where it stands at once, and then whatever is said of it until it ends. */
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
    yield* endedBy(meter, signal);
  } finally {
    box.meters.delete(meter);
  }
}
