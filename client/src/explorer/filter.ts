/** A filter as a person types it: words, all of which must be found somewhere. */
import { t } from '@vscode/l10n';

/** Whether these texts together hold every word, in any case; an empty filter fits everything. */
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

/** What stands beside the title of a view that is filtered. */
export function filterNote(filter: string): string | undefined {
  return filter.trim() === '' ? undefined : t('Filter: {0}', filter.trim());
}
