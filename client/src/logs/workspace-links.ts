/** Which files of the workspace the places in a log are; looked up once for each path. */
import type { Editor } from '../ui/editor.ts';
import { pathEnds } from './file-links.ts';

/** Paths that are remembered. */
const mostPaths = 2000;

export class WorkspaceLinks {
  readonly #editor: Pick<Editor, 'findInWorkspace'>;
  /** Undefined while a path is being looked up. */
  readonly #files = new Map<string, string | undefined>();

  constructor(editor: Pick<Editor, 'findInWorkspace'>) {
    this.#editor = editor;
  }

  /** The file of a path; undefined if there is none, or if it is not known yet. */
  fileOf(path: string): string | undefined {
    return this.#files.get(path);
  }

  /** Looks paths up that are not known; resolves to whether one of them is a file. */
  async find(paths: readonly string[]): Promise<boolean> {
    const unknown = [...new Set(paths)].filter((path) => !this.#files.has(path));
    if (this.#files.size + unknown.length > mostPaths) this.#files.clear();
    for (const path of unknown) this.#files.set(path, undefined);
    const found = await Promise.all(unknown.map((path) => this.#find(path)));
    return found.includes(true);
  }

  async #find(path: string): Promise<boolean> {
    const ends = pathEnds(path);
    if (ends.length === 0) return false;
    const file = await this.#editor.findInWorkspace(ends).catch(() => undefined);
    if (file !== undefined) this.#files.set(path, file);
    return file !== undefined;
  }
}
