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
 * for pipes and devices, `too-long` for paths that the system does not accept.
 */
export async function discover(
  io: Io,
  given: string,
): Promise<Discovered | 'other' | 'too-long' | undefined> {
  const kind = await io.kind(path.resolve(io.cwd, given));
  if (kind === 'file') return { files: [given], tooLong: undefined };
  if (kind !== 'folder') return kind;
  const search: Search = { seen: new Set(), files: [], tooLong: undefined };
  await searchIn(io, given, search);
  return search;
}

export interface Discovered {
  readonly files: readonly string[];
  /** The first path below which nothing was searched, because the system does not accept paths of this length. */
  readonly tooLong: string | undefined;
}

interface Search extends Discovered {
  readonly seen: Set<string>;
  readonly files: string[];
  tooLong: string | undefined;
}

/** Directories are compared by their identity, so that a symbolic link to a parent directory does not loop. */
async function searchIn(io: Io, folder: string, search: Search): Promise<void> {
  const full = path.resolve(io.cwd, folder);
  const identity = await io.identity(full);
  if (search.seen.has(identity)) return;
  search.seen.add(identity);
  for (const name of [...(await io.list(full).catch(() => []))].sort()) {
    if (skippedFolders.has(name)) continue;
    const kind = await io.kind(path.join(full, name));
    if (kind === 'folder') await searchIn(io, path.join(folder, name), search);
    else if (kind === 'file' && isDockerfile(name)) search.files.push(path.join(folder, name));
    else if (kind === 'too-long') search.tooLong ??= path.join(folder, name);
  }
}

/** Whether a file in a directory is a Dockerfile by its name. */
function isDockerfile(name: string): boolean {
  if (notDockerfile.test(name)) return false;
  return dockerfileName.test(name) || (compoundName.test(name) && !otherLanguage.test(name));
}
