/** What a row is for dragging and dropping. Independent of VS Code. */
import type { FileInContainer } from '../copy/drop.ts';
import type { Item } from '../explorer/item.ts';

export interface DraggedFile extends FileInContainer {
  readonly isDirectory: boolean;
}

/** Undefined for rows that have no files. */
export function fileOfItem({ subject }: Item): DraggedFile | undefined {
  switch (subject?.kind) {
    case 'container':
      return { container: subject.value.id, isDirectory: true };
    default:
      return undefined;
  }
}
