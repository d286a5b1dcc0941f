/** Which rows a command can act on: those that were selected, or those that a picker offers. */
import { identity, type Item, type Subject } from '../explorer/item.ts';
import type { Command } from './command.ts';
import type { Choice } from '../ui/editor.ts';

/** Whether the row is of the command's kind, in a state that allows it. */
export function fits(item: Item, { on, needs = [] }: Command): boolean {
  if (item.subject === undefined || item.subject.kind !== on) return false;
  const traits = item.traits ?? [];
  return needs.every((words) => words.split('|').some((word) => traits.includes(word)));
}

/** The rows, wherever they stand, that the command can act on. */
export function candidates(items: readonly Item[], command: Command): readonly Item[] {
  return items.flatMap((item) => [
    ...(fits(item, command) ? [item] : []),
    ...candidates(item.children ?? [], command),
  ]);
}

/** Of chosen rows those that the command can act on, each thing once; a group stands for what is in it. */
export function meant(rows: readonly Item[], command: Command): readonly Item[] {
  const members = rows.flatMap((row) =>
    row.subject === undefined && command.groups === true ? (row.children ?? []) : [row],
  );
  return distinct(members).filter((row) => fits(row, command));
}

/** As a picker shows them: by their full name, which a row may shorten under its group. */
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

/** A selection may show one thing twice, and a thing and its group. */
export function distinct(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [identity(item), item])).values()];
}
