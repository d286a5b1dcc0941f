/** Formats lists of names for sentences. */
import { t } from '@vscode/l10n';

/** `web`, `web and api`, `web, api and db`, `web, api, db and 4 more`. */
export function formatNames(names: readonly string[], max = 3): string {
  const shown = names.slice(0, max);
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
