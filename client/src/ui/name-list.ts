/** How several things are named in one sentence. */
import { t } from '@vscode/l10n';

/** `web`, `web and api`, `web, api and db`, `web, api, db and 4 more`. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  if (more > 0) return t('{0} and {1} more', shown.join(', '), more);
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : t('{0} and {1}', shown.slice(0, -1).join(', '), last);
}

/** Things that carry a name, in one sentence. */
export function named(things: readonly { readonly name: string }[]): string {
  return listed(things.map(({ name }) => name));
}
