/** The fields of the form that belong to options. */
import {
  listNames,
  optionNames,
  table,
  textNames,
  type List,
  type OptionName,
  type Text,
} from './options.ts';

/** Options with a text field of the same name. */
export const textFields: readonly Text[] = textNames.filter((name) => table[name].field === 'text');

/** Options with a field of the same name that has one value per line. */
export const lineFields: readonly List[] = listNames.filter(
  (name) => table[name].field === 'lines',
);

/** Options with another kind of field. */
export const otherFields: readonly OptionName[] = optionNames.filter((name) => {
  const { kind, field } = table[name];
  return field !== undefined && field !== 'lines' && !(kind === 'text' && field === 'text');
});

const fields = new Set<string>([
  ...textFields,
  ...lineFields,
  ...otherFields.filter((name) => /^(?:check|text)$/.test(table[name].field ?? '')),
  'image',
  'command',
]);

/** The field that shows problems of an option. */
export function fieldOf(place: string): string {
  if (fields.has(place)) return place;
  return /^(?:detach|interactive|tty)$/.test(place) ? 'mode' : 'other';
}
