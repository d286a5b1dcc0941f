/** Texts of files as the user sees them. */
import { readFile } from 'node:fs/promises';
import type { Editor } from '../ui/editor.ts';

/** The text of an open document, otherwise of the file; undefined if there is neither. */
export async function textOf(editor: Editor, path: string): Promise<string | undefined> {
  return editor.openText(path) ?? (await readFile(path, 'utf8').catch(() => undefined));
}
