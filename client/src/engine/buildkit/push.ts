/** Pushes the tags of a built image, as steps of the build. */
import type { BuildEvent } from '../../../../contract/build.ts';
import { isEngineError } from '../errors.ts';
import type { PullProgress } from '../engine.ts';

export type Push = (reference: string, signal: AbortSignal) => AsyncIterable<PullProgress>;

/** Yields the events of one tag after the other. Rejects with the error of the push. */
export async function* pushedEvents(
  tags: readonly string[],
  push: Push,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, void, undefined> {
  for (const tag of tags) {
    const step = { kind: 'step', id: `push:${tag}`, name: `pushing ${tag}` } as const;
    const startedAt = performance.now();
    const duration = (): number => Math.round(performance.now() - startedAt);
    yield { ...step, state: 'running' };
    try {
      for await (const progress of push(tag, signal)) yield* progressEvents(step.id, progress);
    } catch (error) {
      const message = isEngineError(error) ? error.message : '';
      const state = signal.aborted ? 'canceled' : 'failed';
      yield { ...step, state, duration: duration(), error: message };
      if (state === 'failed') yield { kind: 'failed', failure: { message, step, sources: [] } };
      throw error;
    }
    yield { ...step, state: 'done', duration: duration() };
  }
}

function* progressEvents(id: string, progress: PullProgress): Generator<BuildEvent> {
  const { layer, status, current = 0, total } = progress;
  if (layer === undefined) return;
  const done = /^(?:Pushed|Layer already exists|Mounted from)/.test(status);
  const action = status.toLowerCase();
  yield {
    kind: 'progress',
    id,
    item: layer,
    action,
    current,
    ...(total !== undefined && { total }),
    done,
  };
}
