/** The files that a path on the command line refers to. */
import path from 'node:path';
import type { Io } from './io.ts';

const dockerfileName =
  /^(?:Dockerfile|Containerfile|.+\.(?:Dockerfile|Containerfile)|(?:Dockerfile|Containerfile)\..+)$/i;
/** With other characters around the word, only in the casing of Dockerfiles: `dockerfile-parser.ts` is a program. */
const compoundName = /^(?:.+[-_.])?(?:Dockerfile|Containerfile)(?:[-_.].+)?$/;
const otherLanguage =
  /\.(?:[cm]?[jt]sx?|md|json|ya?ml|toml|py|go|rb|rs|java|sh|ps1|txt|html?|xml|csv|png|svg|patch|diff)$/i;
/** Ignore files that belong to Dockerfiles, and backup files of editors. */
const notDockerfile = /\.dockerignore$|~$|\.(?:swp|orig|bak)$/i;
const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn']);

/**
 * The file itself, or the Dockerfiles in a directory and below it, sorted; undefined if the path does not exist, `other`
 * for pipes and devices.
 */
export async function discover(
  io: Io,
  given: string,
): Promise<readonly string[] | 'other' | undefined> {
  const kind = await io.kind(path.resolve(io.cwd, given));
  if (kind === undefined || kind === 'other') return kind;
  if (kind === 'file') return [given];
  const found: string[] = [];
  await search(io, given, { seen: new Set(), found });
  return found;
}

interface Search {
  readonly seen: Set<string>;
  readonly found: string[];
}

/** Directories are compared by their identity, so that a symbolic link to a parent directory does not loop. */
async function search(io: Io, folder: string, { seen, found }: Search): Promise<void> {
  const full = path.resolve(io.cwd, folder);
  const identity = await io.identity(full);
  if (seen.has(identity)) return;
  seen.add(identity);
  for (const name of [...(await io.list(full).catch(() => []))].sort()) {
    if (skippedFolders.has(name)) continue;
    const kind = await io.kind(path.join(full, name));
    if (kind === 'folder') await search(io, path.join(folder, name), { seen, found });
    else if (kind === 'file' && isDockerfile(name)) found.push(path.join(folder, name));
  }
}

/** Whether a file in a directory is a Dockerfile by its name. */
function isDockerfile(name: string): boolean {
  if (notDockerfile.test(name)) return false;
  return dockerfileName.test(name) || (compoundName.test(name) && !otherLanguage.test(name));
}
