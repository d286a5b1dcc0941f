/** Finds the next error, warning, restart or match from a place on. */
import type { LineNumbers } from './line-numbers.ts';
import type { LogStore } from './log-store.ts';
import type { LogView } from './log-view.ts';
import type { FromLogs } from './page.ts';

export interface JumpResult {
  readonly place: number;
  readonly line: number;
  /** The number of the match, from 0 on. */
  readonly match?: number;
}

/** Undefined if nothing of the kind is shown. After the last one comes the first one, and the other way round. */
export function jumpTo(
  store: LogStore,
  view: LogView,
  { to, from, back }: Extract<FromLogs, { kind: 'jump' }>,
): JumpResult | undefined {
  const lists = { error: store.errors, warning: store.warnings, restart: store.restarts };
  const list = to === 'match' ? view.matches : lists[to];
  if (list === undefined || list.count === 0) return undefined;
  const line = view.lineAt(Math.max(view.first, Math.min(from, view.end - 1))) ?? store.end;
  // From after the last row, the last one is found.
  const start = from >= view.end ? store.end : line;
  const at = back ? list.placeOf(start) - 1 : list.placeOf(start + 1);
  const found = search(list, view, { at, step: back ? -1 : 1 });
  if (found === undefined) return undefined;
  const number = list.at(found) ?? 0;
  return { place: view.placeOf(number), line: number, ...(to === 'match' && { match: found - list.first }) }; // prettier-ignore
}

/** The place in the list of the first line that is shown. */
function search(
  list: LineNumbers,
  view: LogView,
  { at, step }: { readonly at: number; readonly step: number },
): number | undefined {
  const { first, count } = list;
  for (let tried = 0, place = at; tried < count; tried++, place += step) {
    if (place >= list.end) place = first;
    else if (place < first) place = list.end - 1;
    const number = list.at(place);
    if (number !== undefined && view.shows(number)) return place;
  }
  return undefined;
}
