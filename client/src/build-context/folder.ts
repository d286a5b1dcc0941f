/** The directory that is probably the build context of a Dockerfile. */
import { fileURLToPath } from 'node:url';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import { parentDirectory } from '../ui/paths.ts';

/** The absolute path of the context of the last build of a Dockerfile; undefined if there was none. */
export type LastFolder = (dockerfile: string) => string | undefined;

/** The directory of the last build, or where the sources of the Dockerfile are. */
export function firstFolder(
  dockerfile: string,
  needs: ContextNeeds | undefined,
  lastFolder: LastFolder,
): string {
  return lastFolder(dockerfile) ?? pathOf(needs?.root) ?? parentDirectory(dockerfile);
}

function pathOf(uri: string | undefined): string | undefined {
  if (uri?.startsWith('file:') !== true) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
