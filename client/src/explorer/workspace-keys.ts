/** What the workspace remembers, by name. */
import type { ViewId } from './item.ts';

/** The context chosen for this window; empty for none. */
export const windowContext = 'context';

/** The words that a view is filtered by. */
export function filterKey(view: ViewId): string {
  return `filter.${view}`;
}
