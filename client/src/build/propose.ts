/** The build that is proposed for a Dockerfile: its tag, its context, and its other options. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { composeBuilds, type ComposeBuild } from './compose-builds.ts';
import { referenceError } from '../registry/image-reference.ts';
import { baseName, parentDirectory } from '../ui/paths.ts';
import { isDefaultFile, writtenFile, writtenPath } from './paths.ts';
import { specOf, type BuildSpec } from './spec.ts';

export interface Proposal {
  readonly spec: BuildSpec;
  /** The compose file that names the image; absent if the tag is made from the folder. */
  readonly source?: string;
}

export interface ProposalOptions {
  /** The folder that the command is run in. */
  readonly folder: string;
  readonly stage?: string | undefined;
  /** All Dockerfiles of the workspace, so that each gets a tag of its own. */
  readonly others: readonly string[];
}

/** The build for a Dockerfile, from a service of a compose file if one builds it. */
export async function propose(
  dockerfile: string,
  { folder, stage, others }: ProposalOptions,
): Promise<Proposal> {
  const service = await serviceOf(dockerfile, folder);
  const context = service?.context ?? (await contextFor(dockerfile, folder));
  const named = service?.image !== undefined && stage === undefined ? service.image : undefined;
  const isValid = named !== undefined && referenceError(named) === undefined;
  const tag = isValid ? named : proposedTag(dockerfile, { stage, others });
  const target = stage ?? service?.target;
  const spec = specOf(writtenPath(folder, context), {
    tag: [tag],
    ...(!isDefaultFile(dockerfile, context) && { file: [writtenFile(folder, dockerfile)] }),
    ...(target !== undefined && { target: [target] }),
    ...(service !== undefined && service.args.length > 0 && { 'build-arg': service.args }),
  });
  return { spec, ...(isValid && service !== undefined && { source: baseName(service.file) }) };
}

/**
 * A valid name that no other Dockerfile gets: the folder, and what the name of the file has besides `Dockerfile`; the folders
 * above if another file would have the same name.
 */
export function proposedTag(
  dockerfile: string,
  { stage, others }: { readonly stage?: string | undefined; readonly others: readonly string[] },
): string {
  const taken = new Set(others.filter((path) => path !== dockerfile).flatMap(namesOf));
  const names = namesOf(dockerfile);
  const digest = createHash('sha256').update(dockerfile).digest('hex').slice(0, 8);
  const name = names.find((one) => !taken.has(one)) ?? `${names[0] ?? 'image'}-${digest}`;
  const tag = (stage ?? 'dev')
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[.-]+/, '');
  return `${name}:${tag === '' ? 'dev' : tag.slice(0, 128)}`;
}

/** Names from short to long: with more and more of the folders, then with the whole name of the file. */
function namesOf(dockerfile: string): readonly string[] {
  const file = baseName(dockerfile);
  const own = file.replace(
    /^(?:dockerfile|containerfile)(?=[._-]|$)|[._-](?:dockerfile|containerfile)$/i,
    '',
  );
  const folders = parentDirectory(dockerfile)
    .split(/[/\\]+/)
    .filter((part) => part !== '');
  const name = (count: number, last: string): string => {
    const parts = [...folders.slice(-count), last].map(nameOf).filter((part) => part !== '');
    return parts.join('-').slice(0, 200).replace(/-+$/, '') || 'image';
  };
  const levels = folders.map((_, index) => name(index + 1, own));
  return [...(levels.length === 0 ? [name(1, own)] : levels), name(1, file)];
}

/** Lowercase letters and digits, separated by single dashes. */
function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Compose files in the folders from the Dockerfile up to the workspace folder. */
async function serviceOf(dockerfile: string, folder: string): Promise<ComposeBuild | undefined> {
  for (const directory of directoriesUpTo(parentDirectory(dockerfile), folder)) {
    const names = await readdir(directory).catch((): string[] => []);
    const files = names.filter((name) => /^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/.test(name));
    // `compose.yaml` before `compose.override.yaml`.
    for (const name of files.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
      const file = join(directory, name);
      const text = await readFile(file, 'utf8').catch(() => '');
      const found = (await composeBuilds(text, file)).find(
        (build) => build.dockerfile === resolve(dockerfile),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function directoriesUpTo(start: string, end: string): readonly string[] {
  const found = [start];
  for (let at = start; at !== end && parentDirectory(at) !== at && found.length < 20;) {
    at = parentDirectory(at);
    found.push(at);
  }
  return found.includes(end) ? found : [start];
}

/** The folder of the Dockerfile, or the workspace folder if it has more of the files that COPY names. */
async function contextFor(dockerfile: string, folder: string): Promise<string> {
  const own = parentDirectory(dockerfile);
  if (own === folder) return own;
  const text = await readFile(dockerfile, 'utf8').catch(() => '');
  const sources = copySources(text);
  const [inOwn, inFolder] = [await existing(own, sources), await existing(folder, sources)];
  return inFolder > inOwn ? folder : own;
}

/** The first files that COPY and ADD name, without wildcards. */
function copySources(text: string): readonly string[] {
  const lines = text.replace(/\\[ \t]*\r?\n/g, ' ').matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(.*)$/gim);
  const sources = [...lines].flatMap(([, words = '']) => {
    if (/--from=/.test(words)) return [];
    const all = words
      .replace(/[[\]",]/g, ' ')
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('--'));
    return all.slice(0, -1);
  });
  return sources
    .filter((source) => !/[*?$<]|:\/\//.test(source) && !/^[./]*$/.test(source))
    .slice(0, 50);
}

async function existing(directory: string, sources: readonly string[]): Promise<number> {
  const found = await Promise.all(
    sources.map((source) => {
      const path = join(directory, isAbsolute(source) ? source.slice(1) : source);
      return stat(path).then(
        () => 1,
        () => 0,
      );
    }),
  );
  return found.reduce<number>((sum, one) => sum + one, 0);
}
