/** Copies files of containers and volumes, as rows and what is dropped on them name them. */
import { t } from '@vscode/l10n';
import { posix } from 'node:path';
import type { Container, Engine } from '../engine/engine.ts';
import { normalizePath } from '../engine/files/names.ts';
import { placeKey, type FilePlace } from '../engine/files/place.ts';
import type { FileRef } from '../ui/files.ts';
import type { Tools } from '../ui/tools.ts';
import { copyFilesAcross, copyFilesIn, copyFilesOut } from './actions.ts';
import { copyError } from './copy-task.ts';
import type { CopyPlace } from './targets.ts';

/** Without a path, the whole place is meant: the path is asked for. */
export interface DroppedFile {
  readonly place: FilePlace;
  readonly path?: string;
}

export interface Drop {
  /** Absolute paths on this machine. */
  readonly local: readonly string[];
  readonly remote: readonly DroppedFile[];
  /** The directory of the row. */
  readonly target: DroppedFile;
}

/** Rejects with EngineError. */
export async function copyDropped(tools: Tools, { local, remote, target }: Drop): Promise<void> {
  const files = await tools.files();
  const reason = files.readOnlyReason(target.place);
  if (reason !== undefined) throw copyError(reason);
  await withPlace(tools, target, async (to, directory) => {
    const place = directory === undefined ? {} : { directory };
    if (local.length > 0) await copyFilesIn(tools, to, { sources: local, ...place });
    for (const group of byPlace(remote))
      await withPlaces(tools, group, (from, paths) =>
        copyFilesAcross(tools, from, { to, ...place, ...(paths.length > 0 && { paths }) }),
      );
  });
  files.announce({ place: target.place, path: target.path ?? '/' });
}

/** Copies files of one place to a folder of this machine, which is asked for. Rejects with EngineError. */
export async function copyRowsOut(
  tools: Tools,
  files: readonly FileRef[],
  folder?: string,
): Promise<void> {
  for (const group of byPlace(files))
    await withPlaces(tools, group, (from, paths) =>
      copyFilesOut(tools, from, { paths, ...(folder !== undefined && { folder }) }),
    );
}

/** Copies files to a container, which is asked for. Rejects with EngineError. */
export async function copyRowsAcross(tools: Tools, files: readonly FileRef[]): Promise<void> {
  for (const group of byPlace(files))
    await withPlaces(tools, group, (from, paths) => copyFilesAcross(tools, from, { paths }));
}

function byPlace<T extends DroppedFile>(files: readonly T[]): readonly (readonly T[])[] {
  const found = new Map<string, readonly T[]>();
  for (const file of files) {
    const key = placeKey(file.place);
    found.set(key, [...(found.get(key) ?? []), file]);
  }
  return [...found.values()];
}

/** Runs work with the container of a place, and the path in it. */
async function withPlace(
  tools: Tools,
  { place, path }: DroppedFile,
  work: (container: CopyPlace, path: string | undefined) => Promise<void>,
): Promise<void> {
  if (place.kind === 'container') {
    await work(await containerOf(await tools.engine(), place.id), path);
    return;
  }
  const files = await tools.files();
  const asked = normalizePath(path ?? '/');
  await files.withContainer({ place, path: asked }, (opened) => {
    const root = asked === '/' ? opened.path : opened.path.slice(0, -asked.length);
    const volume = { place, root: root === '/' ? '' : root };
    return work({ id: opened.container, name: place.name, image: '', volume }, opened.path);
  });
}

/** For files of one place. */
async function withPlaces(
  tools: Tools,
  files: readonly DroppedFile[],
  work: (container: CopyPlace, paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  const { place } = first;
  const paths = files.flatMap(({ path }) => path ?? []);
  await withPlace(tools, { place, path: '/' }, (container, root) =>
    work(
      container,
      paths.map((path) => (place.kind === 'container' ? path : posix.join(root ?? '/', path))),
    ),
  );
}

async function containerOf(engine: Engine, id: string): Promise<Container> {
  const found = (await engine.containers()).find((one) => one.id === id);
  if (found === undefined) throw copyError(t('This container does not exist anymore'));
  return found;
}
