/** Which files a path on the command line means. */
import path from 'node:path';
import type { Io } from './io.ts';

const dockerfileName =
  /^(?:Dockerfile|Containerfile|.+\.(?:Dockerfile|Containerfile)|(?:Dockerfile|Containerfile)\..+)$/i;
/** With other signs around the word only as it is cased for Dockerfiles: `dockerfile-parser.ts` is a program. */
const joinedName = /^(?:.+[-_.])?(?:Dockerfile|Containerfile)(?:[-_.].+)?$/;
const otherLanguage =
  /\.(?:[cm]?[jt]sx?|md|json|ya?ml|toml|py|go|rb|rs|java|sh|ps1|txt|html?|xml|csv|png|svg|patch|diff)$/i;
/** Their own ignore files, and what editors leave behind. */
const notDockerfile = /\.dockerignore$|~$|\.(?:swp|orig|bak)$/i;
const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn']);

/** A file stands for itself; a folder for the Dockerfiles in and below it, sorted; nothing for undefined. */
export async function discover(io: Io, named: string): Promise<readonly string[] | undefined> {
  const kind = await io.kind(path.resolve(io.cwd, named));
  if (kind === undefined) return undefined;
  if (kind === 'file') return [named];
  return search(io, named, new Set());
}

/** Folders are told apart by their real path, so that a link to a folder above ends. */
async function search(io: Io, folder: string, seen: Set<string>): Promise<readonly string[]> {
  const full = path.resolve(io.cwd, folder);
  const real = await io.real(full);
  if (seen.has(real)) return [];
  seen.add(real);
  const found: string[] = [];
  for (const name of [...(await io.list(full).catch(() => []))].sort()) {
    if (skippedFolders.has(name)) continue;
    const kind = await io.kind(path.join(full, name));
    if (kind === 'folder') found.push(...(await search(io, path.join(folder, name), seen)));
    else if (kind === 'file' && isDockerfile(name)) {
      found.push(path.join(folder, name));
    }
  }
  return found;
}

/** Whether a folder's file is taken for a Dockerfile by its name. */
function isDockerfile(name: string): boolean {
  if (notDockerfile.test(name)) return false;
  return dockerfileName.test(name) || (joinedName.test(name) && !otherLanguage.test(name));
}
