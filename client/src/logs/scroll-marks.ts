/** Where errors and matches are in the scroll bar. */
import type { LineNumbers } from './line-numbers.ts';
import type { LogStore } from './log-store.ts';
import type { LogView } from './log-view.ts';
import type { ToLogs } from './page.ts';

/** Lines that are looked at; of more, some are left out, as their marks would cover each other. */
const mostLines = 4000;
const steps = 1000;

/** Positions in thousandths of the list. */
export function scrollMarks(
  store: LogStore,
  view: LogView,
): Omit<Extract<ToLogs, { kind: 'marks' }>, 'kind'> {
  const { matches } = view;
  return {
    errors: positions(store.errors, view),
    // If only matches are shown, marks would be everywhere.
    matches: matches && view.end - view.first !== matches.count ? positions(matches, view) : [],
  };
}

function positions(list: LineNumbers, view: LogView): readonly number[] {
  const size = Math.max(1, view.end - view.first);
  const step = Math.max(1, Math.ceil(list.count / mostLines));
  const found = new Set<number>();
  for (let at = list.first; at < list.end; at += step) {
    const line = list.at(at);
    if (line === undefined || !view.shows(line)) continue;
    found.add(Math.floor((steps * (view.placeOf(line) - view.first)) / size));
  }
  return [...found];
}
