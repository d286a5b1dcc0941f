/** What keys do in the rows of a log. */
import type { FromLogs, LogRow } from '../../src/logs/page.ts';

export interface KeyPlaces {
  readonly active: number;
  /** Rows of a page. */
  readonly page: number;
  readonly first: number;
  readonly last: number;
}

/** The place that a key moves to; undefined for other keys. */
export function placeForKey(
  key: string,
  { active, page, first, last }: KeyPlaces,
): number | undefined {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: first,
    End: last,
  };
  return places[key];
}

/** Right, Left, Enter and Space show and hide the details of a row; returns whether the key was used. */
export function openByKey(
  key: string,
  row: LogRow | undefined,
  post: (message: FromLogs) => void,
): boolean {
  if (row?.kind !== 'line' || !row.canOpen) return false;
  if (!['ArrowRight', 'ArrowLeft', 'Enter', ' '].includes(key)) return false;
  const isOpen = row.details !== undefined;
  if ((key === 'ArrowRight' && isOpen) || (key === 'ArrowLeft' && !isOpen)) return true;
  post({ kind: 'open', line: row.line, open: !isOpen });
  return true;
}
