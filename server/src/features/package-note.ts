import { packageNotes } from '../reference/package-notes.ts';
import type { WordInfo } from '../reference/words.ts';
import { t } from '../text/translation.ts';

let byName: ReadonlyMap<string, WordInfo> | undefined;

/** A short description of a package with an unclear name. */
export function packageNote(name: string): string | undefined {
  byName ??= new Map(packageNotes.map((note) => [note.name, note]));
  const note = byName.get(name);
  return note && t(note.documentation);
}
