/** Compose projects: of files on this machine, and of containers, whose labels name the files they were created from. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Container } from '../engine/engine.ts';

export interface ComposeProject {
  /** For messages. */
  readonly title: string;
  /** The name of the project; undefined if Compose determines it from the files. */
  readonly name?: string;
  /** Where Compose runs, and looks for its files if none are given. */
  readonly folder: string;
  /** Compose files, the later ones override the earlier ones; none if Compose finds them by itself in the folder. */
  readonly files: readonly string[];
  /** Files that replace `.env`. */
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  /** Files of the labels that do not exist on this machine. */
  readonly missing: readonly string[];
}

/** The names that Compose looks for, the preferred one first. */
const defaultNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

const overrideNames = defaultNames.map((name) => name.replace(/(?=\.ya?ml$)/, '.override'));

/** Whether a file or folder exists. */
export type Exists = (file: string) => Promise<boolean>;

export const existsOnDisk: Exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/** The file in the folder that Compose takes by itself; undefined if there is none. */
export async function defaultFile(folder: string, exists: Exists): Promise<string | undefined> {
  for (const name of defaultNames) {
    const file = path.join(folder, name);
    if (await exists(file)) return file;
  }
  return undefined;
}

/**
 * The project of these files. The default file of a folder, its override and both together are left for Compose to find, with
 * what it adds to them. Other files are given in an order in which the base is first.
 */
export async function projectOfFiles(
  files: readonly string[],
  exists: Exists,
): Promise<ComposeProject> {
  const sorted = [...new Set(files)].sort(
    (a, b) => rank(a) - rank(b) || Number(a > b) - Number(a < b),
  );
  const folder = path.dirname(sorted[0] ?? '');
  const own = await defaultFile(folder, exists);
  const isDefault =
    own !== undefined &&
    sorted.every((file) => file === own || (isOverride(file) && path.dirname(file) === folder));
  return {
    title: path.basename(folder),
    folder,
    files: isDefault ? [] : sorted,
    envFiles: [],
    profiles: [],
    missing: [],
  };
}

function rank(file: string): number {
  const name = path.basename(file);
  if (defaultNames.includes(name)) return 0;
  return overrideNames.includes(name) ? 1 : 2;
}

function isOverride(file: string): boolean {
  return overrideNames.includes(path.basename(file));
}

const label = {
  folder: 'com.docker.compose.project.working_dir',
  files: 'com.docker.compose.project.config_files',
  envFiles: 'com.docker.compose.project.environment_file',
} as const;

/** The project of these containers, from the labels of the newest; undefined for containers without a project. */
export async function projectOfContainers(
  containers: readonly Container[],
  exists: Exists,
): Promise<ComposeProject | undefined> {
  const [newest] = containers.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  if (newest?.project === undefined) return undefined;
  const { project, labels } = newest;
  const folder = labels[label.folder] ?? '';
  const resolved = (text: string | undefined): Promise<readonly string[]> =>
    splitPaths(text ?? '', folder, exists);
  const files = await resolved(labels[label.files]);
  const envFiles = await resolved(labels[label.envFiles]);
  const all = [...files, ...envFiles];
  const there = await Promise.all(all.map(exists));
  const missing = all.filter((_, index) => there[index] !== true);
  const own = await defaultFile(folder, exists);
  const isDefault =
    files[0] === own &&
    files.slice(1).every((file) => isOverride(file) && path.dirname(file) === folder);
  return {
    title: project,
    name: project,
    folder,
    files: isDefault ? [] : files,
    envFiles,
    profiles: [],
    missing: folder === '' || (files.length === 0 && own === undefined) ? [folder] : missing,
  };
}

/** Paths joined with commas; a comma can also be part of a path, if that file exists. `-` is standard input. */
async function splitPaths(
  text: string,
  folder: string,
  exists: Exists,
): Promise<readonly string[]> {
  const parts = text.split(',').filter((part) => part !== '');
  const found: string[] = [];
  for (let from = 0; from < parts.length;) {
    let to = from + 1;
    for (let end = parts.length; end > from + 1; end--) {
      if (!(await exists(path.resolve(folder, parts.slice(from, end).join(','))))) continue;
      to = end;
      break;
    }
    found.push(path.resolve(folder, parts.slice(from, to).join(',')));
    from = to;
  }
  return found;
}

/** The containers that were created from one of these files, or in the folder of the project. */
export function containersOfProject(
  containers: readonly Container[],
  { name, folder, files }: ComposeProject,
): readonly Container[] {
  return containers.filter(({ project, labels }) => {
    if (project === undefined) return false;
    if (name !== undefined) return project === name;
    if (labels[label.folder] === undefined) return false;
    const used = (labels[label.files] ?? '').split(',');
    const own = used.map((file) => path.resolve(labels[label.folder] ?? '', file));
    if (files.length > 0) return files.every((file) => own.includes(file));
    const first = own[0] ?? '';
    return path.dirname(first) === folder && defaultNames.includes(path.basename(first));
  });
}

/** The global options of Compose for the project. */
export function projectOptions(project: ComposeProject): readonly string[] {
  const { name, folder, files, envFiles, profiles } = project;
  return [
    ...(name === undefined ? [] : ['--project-name', name]),
    ...(files.length === 0 ? [] : ['--project-directory', folder]),
    ...files.flatMap((file) => ['--file', file]),
    ...envFiles.flatMap((file) => ['--env-file', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
  ];
}
