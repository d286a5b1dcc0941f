/** Which views an event makes stale, gathered so that a burst of events is one refresh. */
import type { EngineEvent } from '../engine/engine.ts';
import type { EngineView, View } from './item.ts';

/** What leaves every row as it was; health checks alone would bring two of them every few seconds. */
const quiet =
  /^(exec_|attach$|detach$|resize$|top$|archive-path$|extract-to-dir$|copy$|export$|save$|push$)/;

/** The views that show something else after the event. */
export function staleAfter(
  event: EngineEvent,
  views: readonly EngineView[],
): readonly View['id'][] {
  if (quiet.test(event.action)) return [];
  return views.filter(({ about }) => about.includes(event.about)).map(({ id }) => id);
}

export interface Gathering {
  add(ids: readonly View['id'][]): void;
  /** Forgets what was gathered. */
  clear(): void;
}

/** Hands on what came within a time from the first; a steady stream of events still refreshes. */
export function gathering(
  refresh: (ids: ReadonlySet<View['id']>) => void,
  milliseconds = 150,
): Gathering {
  let gathered = new Set<View['id']>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add: (ids) => {
      for (const id of ids) gathered.add(id);
      if (gathered.size === 0) return;
      timer ??= setTimeout(() => {
        const ready = gathered;
        gathered = new Set();
        timer = undefined;
        refresh(ready);
      }, milliseconds);
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      gathered = new Set();
    },
  };
}
