/** What keys do in the rows of a log. */
import type { FromLogs, LogRow } from '../../src/logs/page.ts';

export interface KeyPlaces {
  readonly active: number;
  /** Rows of a page. */
  readonly page: number;
  readonly first: number;
  readonly last: number;
}

/** Whether a key is pressed with Ctrl or Command. As in an editor, Ctrl+Home and Ctrl+End move as Home and End do. */
export function isShortcut({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key !== 'Home' && key !== 'End';
}

/** The place that a key moves to; undefined for other keys. */
export function placeForKey(
  event: KeyboardEvent,
  { active, page, first, last }: KeyPlaces,
): number | undefined {
  if (isShortcut(event)) return undefined;
  const places: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: first,
    End: last,
  };
  return places[event.key];
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
