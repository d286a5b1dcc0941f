/** Names for new containers: from what the user has, and free. */
import { t } from '@vscode/l10n';

/** The name, or the first of `name-2`, `name-3` … that no container has. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  // A name with a number is counted on: after shop-2 comes shop-3.
  const [, base = name, number = '1'] = /^(.+)-(\d{1,4})$/.exec(name) ?? [];
  let count = Number(number) + 1;
  while (taken.has(`${base}-${String(count)}`)) count++;
  return `${base}-${String(count)}`;
}

/** `shop-api` of `registry.example.com:5000/team/shop-api:dev`; undefined for an id. */
export function nameOfImage(reference: string): string | undefined {
  const repository = reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  if (/^(?:sha256:)?[0-9a-f]{12,64}$/.test(reference)) return undefined;
  const last = repository.split('/').at(-1) ?? '';
  const name = last.replace(/[^a-zA-Z0-9_.-]+/g, '-').replace(/^[^a-zA-Z0-9]+/, '');
  return name.length < 2 ? undefined : name;
}

/** Where the proposed name comes from, for the form. */
export function nameSource(reference: string, taken: ReadonlySet<string>): string | undefined {
  const name = nameOfImage(reference);
  return name === undefined ? undefined : t('image proposes {0}', freeName(name, taken));
}
