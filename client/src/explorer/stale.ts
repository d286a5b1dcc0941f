/** Determines which views to refresh after an event, and merges a burst of events into few refreshes. */
import type { EngineEvent } from '../engine/engine.ts';
import { changesLists } from '../engine/lists/changes.ts';
import type { EngineView, View } from './item.ts';

/** The views whose rows may change with the event. */
export function viewsChangedBy(
  event: EngineEvent,
  views: readonly EngineView[],
): readonly View['id'][] {
  if (!changesLists(event)) return [];
  return views
    .filter(({ eventTypes }) => eventTypes.includes(event.objectType))
    .map(({ id }) => id);
}

export interface RefreshBatch {
  add(ids: readonly View['id'][]): void;
  /** Discards the views that have been added. */
  clear(): void;
}

/**
 * Refreshes the added views at once, and those that are added soon after together, so that a steady stream of events still
 * refreshes.
 */
export function batchRefreshes(
  refresh: (ids: ReadonlySet<View['id']>) => void,
  milliseconds = 150,
): RefreshBatch {
  let pending = new Set<View['id']>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    const ready = pending;
    pending = new Set();
    timer = ready.size === 0 ? undefined : setTimeout(flush, milliseconds);
    if (ready.size > 0) refresh(ready);
  };
  return {
    add: (ids) => {
      for (const id of ids) pending.add(id);
      // Events that were received together are one refresh.
      if (pending.size > 0) timer ??= setTimeout(flush, 0);
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      pending = new Set();
    },
  };
}

export interface QuietWait<T> {
  add(thing: T): void;
  /** Discards what was added. */
  clear(): void;
}

/** Calls back with what was added when nothing has been added for some time, or for the longest time if it never stops. */
export function whenQuiet<T>(
  callback: (things: ReadonlySet<T>) => void,
  { quiet, longest }: { readonly quiet: number; readonly longest: number },
): QuietWait<T> {
  let things = new Set<T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [first, last] = [0, 0];
  const check = (): void => {
    const now = Date.now();
    const due = Math.min(last + quiet, first + longest);
    if (now < due) {
      timer = setTimeout(check, due - now);
      return;
    }
    timer = undefined;
    const ready = things;
    things = new Set();
    callback(ready);
  };
  return {
    add: (thing) => {
      last = Date.now();
      things.add(thing);
      if (timer !== undefined) return;
      first = last;
      timer = setTimeout(check, quiet);
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      things = new Set();
    },
  };
}
