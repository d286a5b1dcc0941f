/** Determines which views to refresh after an event, and merges a burst of events into one refresh. */
import type { EngineEvent } from '../engine/engine.ts';
import type { EngineView, View } from './item.ts';

/** Actions that change no row; health checks alone cause two such events every few seconds. */
const ignoredActions =
  /^(exec_|attach$|detach$|resize$|top$|archive-path$|extract-to-dir$|copy$|export$|save$|push$)/;

/** The views whose rows may change with the event. */
export function viewsChangedBy(
  event: EngineEvent,
  views: readonly EngineView[],
): readonly View['id'][] {
  if (ignoredActions.test(event.action)) return [];
  return views
    .filter(({ eventTypes }) => eventTypes.includes(event.objectType))
    .map(({ id }) => id);
}

export interface RefreshBatch {
  add(ids: readonly View['id'][]): void;
  /** Discards the views that have been added. */
  clear(): void;
}

/** Refreshes the added views a fixed time after the first one, so that a steady stream of events still refreshes. */
export function batchRefreshes(
  refresh: (ids: ReadonlySet<View['id']>) => void,
  milliseconds = 150,
): RefreshBatch {
  let pending = new Set<View['id']>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add: (ids) => {
      for (const id of ids) pending.add(id);
      if (pending.size === 0) return;
      timer ??= setTimeout(() => {
        const ready = pending;
        pending = new Set();
        timer = undefined;
        refresh(ready);
      }, milliseconds);
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      pending = new Set();
    },
  };
}
