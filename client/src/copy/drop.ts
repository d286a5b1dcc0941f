/** Copies what was dropped on a row: files of this machine, and files of containers. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import type { Tools } from '../ui/tools.ts';
import { copyFilesAcross, copyFilesIn } from './actions.ts';
import { copyError } from './copy-task.ts';

export interface FileInContainer {
  /** The id of the container. */
  readonly container: string;
  /** The files of a container as a whole have no path: it is asked for. */
  readonly path?: string;
}

export interface Drop {
  /** Absolute paths on this machine. */
  readonly local: readonly string[];
  readonly remote: readonly FileInContainer[];
  /** The row; without a path, the directory is asked for. */
  readonly target: FileInContainer;
}

/** Rejects with EngineError. */
export async function copyDropped(tools: Tools, { local, remote, target }: Drop): Promise<void> {
  const engine = await tools.engine();
  const to = await containerOf(engine, target.container);
  const place = target.path === undefined ? {} : { directory: target.path };
  if (local.length > 0) await copyFilesIn(tools, to, { sources: local, ...place });
  for (const [id, files] of byContainer(remote)) {
    const paths = files.flatMap(({ path }) => (path === undefined ? [] : [path]));
    const from = await containerOf(engine, id);
    await copyFilesAcross(tools, from, { to, ...place, ...(paths.length > 0 && { paths }) });
  }
}

function byContainer(files: readonly FileInContainer[]): Map<string, readonly FileInContainer[]> {
  const found = new Map<string, readonly FileInContainer[]>();
  for (const file of files)
    found.set(file.container, [...(found.get(file.container) ?? []), file]);
  return found;
}

async function containerOf(engine: Engine, id: string): Promise<Container> {
  const found = (await engine.containers()).find((one) => one.id === id);
  if (found === undefined) throw copyError(t('This container does not exist anymore'));
  return found;
}
