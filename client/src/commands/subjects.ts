/** Determines which rows a command can act on. */
import { itemKey, type Item, type Subject } from '../explorer/item.ts';
import type { Command } from './command.ts';
import type { Choice } from '../ui/editor.ts';

/** Whether the row has the kind and the traits that the command requires. */
export function accepts(item: Item, { on, needs = [] }: Command): boolean {
  if (item.subject === undefined || item.subject.kind !== on) return false;
  const traits = item.traits ?? [];
  return needs.every((words) => words.split('|').some((word) => traits.includes(word)));
}

/** All rows, including nested ones, that the command can act on. */
export function candidates(items: readonly Item[], command: Command): readonly Item[] {
  return items.flatMap((item) => [
    ...(accepts(item, command) ? [item] : []),
    ...candidates(item.children ?? [], command),
  ]);
}

/** The selected rows that the command can act on, without duplicates; groups are replaced by their rows. */
export function targetsOf(rows: readonly Item[], command: Command): readonly Item[] {
  const members = rows.flatMap((row) =>
    row.subject === undefined && command.groups === true ? (row.children ?? []) : [row],
  );
  return uniqueItems(members).filter((row) => accepts(row, command));
}

/** The items as choices of a picker, by full name; rows in groups may show a shorter one. */
export function choicesOf(items: readonly Item[]): readonly Choice<Item>[] {
  return items.map((item) => ({
    label: item.subject === undefined ? item.label : nameOf(item.subject, item.label),
    ...(item.description !== undefined && { description: item.description }),
    ...(item.icon !== undefined && { icon: item.icon.name }),
    value: item,
  }));
}

function nameOf(subject: Subject, label: string): string {
  return subject.kind === 'image' ? (subject.value.tag ?? label) : subject.value.name;
}

/** Removes duplicates: a selection may contain an object twice, or an object and its group. */
export function uniqueItems(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [itemKey(item), item])).values()];
}
