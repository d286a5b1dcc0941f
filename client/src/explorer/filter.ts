/** A filter as it is typed: a row must contain all of its words. */
import { t } from '@vscode/l10n';

/** Tests whether the texts together contain every word, ignoring case; an empty filter matches everything. */
export function createFilter(filter: string): (texts: () => readonly string[]) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return (texts) => {
    const all = texts().map((text) => text.toLowerCase());
    return words.every((word) => all.some((text) => text.includes(word)));
  };
}

/** The id and the state of a group. While the view is filtered, groups are expanded, independent of their state without it. */
export function groupState(
  filter: string,
  { id, expanded }: { readonly id: string; readonly expanded: boolean },
): { readonly id: string; readonly expanded: boolean } {
  const words = filter.trim();
  // A tree keeps the state of an id that it knows.
  return words === '' ? { id, expanded } : { id: `${id}/filter:${words}`, expanded: true };
}

/** The text next to the title of a filtered view. */
export function filterNote(filter: string): string | undefined {
  return filter.trim() === '' ? undefined : t('Filter: {0}', filter.trim());
}
