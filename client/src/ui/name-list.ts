/** Formats lists of names for sentences. */
import { t } from '@vscode/l10n';

/** An array, or names that are only made when they are read: there can be fifty thousand of them. */
export interface NameList extends Iterable<string> {
  readonly length: number;
}

/** `web`, `web and api`, `web, api and db`, `web, api, db and 4 more`. */
export function formatNames(names: NameList, max = 3): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length === max) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  if (more > 0) return t('{0} and {1} more', listOf(shown), more);
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : t('{0} and {1}', listOf(shown.slice(0, -1)), last);
}

/** Chinese separates the entries of a list by another character than sentences. */
function listOf(names: readonly string[]): string {
  return names.join(t(', '));
}

/** The names of objects, formatted for a sentence. */
export function formatNamesOf(objects: readonly { readonly name: string }[]): string {
  return formatNames(objects.map(({ name }) => name));
}
