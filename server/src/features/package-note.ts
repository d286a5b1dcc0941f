import type { Told } from '../reference/command-line.ts';
import { packageNotes } from '../reference/package-notes.ts';
import { t } from '../text/translated.ts';

let byName: ReadonlyMap<string, Told> | undefined;

/** In a few words what a package is for, where its name does not say so. */
export function packageNote(name: string): string | undefined {
  byName ??= new Map(packageNotes.map((note) => [note.name, note]));
  const note = byName.get(name);
  return note && t(note.documentation);
}
