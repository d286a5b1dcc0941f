/** The size of a build context, for the form of a build. */
import { basename } from 'node:path';
import type { Editor } from '../ui/editor.ts';
import { readContext } from './read-context.ts';
import { textOf } from './text.ts';
import { ContextTotals, type Amount } from './totals.ts';

export interface ContextSize {
  readonly included: Amount;
  readonly excluded: Amount;
  /** False if the directory is so large that only a part was read. */
  readonly isComplete: boolean;
  /** The name of the ignore file; absent if there is none. */
  readonly ignoreFile?: string;
}

/** More files are not read only to show the size. */
const most = 200_000;

/** With the same decisions as the builder. Rejects with EngineError if the ignore file is invalid, or on abort. */
export async function measureContext(
  editor: Editor,
  { folder, dockerfile }: { readonly folder: string; readonly dockerfile: string },
  signal: AbortSignal,
): Promise<ContextSize> {
  const read = await readContext({
    folder,
    dockerfile,
    needs: undefined,
    readText: (path) => textOf(editor, path),
    signal,
    report: () => undefined,
    most,
  });
  const totals = new ContextTotals(read);
  return {
    included: totals.of(-1, 'included'),
    excluded: totals.of(-1, 'excluded'),
    isComplete: read.tree.isComplete,
    ...(read.ignoreFile && { ignoreFile: basename(read.ignoreFile.path) }),
  };
}
