/** Keys of values in the workspace state. */
import type { ViewId } from './item.ts';

/** The Docker context selected for this window; empty if none is. */
export const windowContextKey = 'context';

/** The filter of a view. */
export function filterKey(view: ViewId): string {
  return `filter.${view}`;
}
