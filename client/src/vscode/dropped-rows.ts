/** What a row is for dragging and dropping. Independent of VS Code. */
import type { DroppedFile } from '../copy/drop.ts';
import type { Item } from '../explorer/item.ts';

export interface RowFile extends DroppedFile {
  readonly isDirectory: boolean;
}

/** Undefined for rows that have no files. */
export function fileOfItem({ subject }: Item): RowFile | undefined {
  switch (subject?.kind) {
    case 'container': {
      const { id, name } = subject.value;
      return { place: { kind: 'container', id, name }, isDirectory: true };
    }
    case 'volume':
      return { place: { kind: 'volume', name: subject.value.name }, path: '/', isDirectory: true };
    case 'file': {
      const { place, path, entry } = subject.value;
      return { place, path, isDirectory: entry.kind === 'directory' };
    }
    default:
      return undefined;
  }
}
