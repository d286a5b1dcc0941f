/** The directory that is probably the build context of a Dockerfile. */
import { fileURLToPath } from 'node:url';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import type { Editor } from '../ui/editor.ts';
import { contextKey } from '../ui/past-builds.ts';
import { parentDirectory } from '../ui/paths.ts';

/** The directory of the last build, or where the sources of the Dockerfile are. */
export function firstFolder(
  editor: Editor,
  dockerfile: string,
  needs: ContextNeeds | undefined,
): string {
  const last = editor.getState(contextKey(dockerfile));
  return last ?? pathOf(needs?.root) ?? parentDirectory(dockerfile);
}

function pathOf(uri: string | undefined): string | undefined {
  if (uri?.startsWith('file:') !== true) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
