/** A filter as it is typed: a row must contain all of its words. */
import { t } from '@vscode/l10n';

/** Tests whether the texts together contain every word, ignoring case; an empty filter matches everything. */
export function createFilter(filter: string): (texts: readonly string[]) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return (texts) => {
    const all = texts.map((text) => text.toLowerCase());
    return words.every((word) => all.some((text) => text.includes(word)));
  };
}

/** The text next to the title of a filtered view. */
export function filterNote(filter: string): string | undefined {
  return filter.trim() === '' ? undefined : t('Filter: {0}', filter.trim());
}
