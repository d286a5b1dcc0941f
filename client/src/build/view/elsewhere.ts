/** A build that another program has run, as the page and the marks of builds need it. */
import { basename, isAbsolute } from 'node:path';
import type { BuildRecord, ContextSource } from '../../../../contract/build.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OpenDockerfile } from '../../ui/builds.ts';
import { BuildRun } from './build-run.ts';
import { unreadDockerfile, type ReadDockerfile } from './outcome.ts';

export interface ReplayOptions {
  readonly engine: Engine;
  readonly read: ReadDockerfile;
  /** Offers to build the Dockerfile in this window: the values of the build arguments are not known. */
  readonly again: () => Promise<unknown>;
}

/** The build with its result. */
export async function replayRecord(
  record: BuildRecord,
  { path, text }: OpenDockerfile,
  { engine, read, again }: ReplayOptions,
): Promise<BuildRun> {
  const { attributes, tags, failure } = record;
  const { target, platform } = attributes;
  // A failure is looked up in the text as it is now; the sizes of layers belong to the text that was built.
  const shown = failure === undefined ? withLineEndsOf(record.dockerfile ?? text, text) : text;
  const request = {
    context: contextOf(record, path),
    dockerfile: path,
    tags,
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platforms: platform.split(',') }),
  };
  const start = { request, title: tags[0] ?? basename(path), again };
  const run = new BuildRun(start, shown);
  const [dockerfile, id] = await Promise.all([
    read(shown, request).catch(() => unreadDockerfile),
    imageOf(record, engine),
  ]);
  if (id !== undefined) run.steps.apply({ kind: 'image', id }, 0);
  await run.replay(record, dockerfile);
  return run;
}

/** The directory is known only of builds that buildx has started on this machine. */
function contextOf({ paths }: BuildRecord, dockerfile: string): ContextSource {
  const path = paths?.context ?? '';
  return isAbsolute(path)
    ? { kind: 'directory', path }
    : { kind: 'remote', address: path || dockerfile };
}

/** The image of the build; undefined if its name now belongs to another one, or if it has none. */
async function imageOf(
  { tags: [tag], layers = {}, failure }: BuildRecord,
  engine: Engine,
): Promise<string | undefined> {
  if (tag === undefined || failure !== undefined) return undefined;
  const image = await engine.inspect('image', tag).catch(() => undefined);
  const digests = image?.layers.join(' ');
  return Object.values(layers).some((all) => all.join(' ') === digests) ? image?.id : undefined;
}

/** Otherwise no instruction would be where it is in the editor. */
function withLineEndsOf(text: string, model: string): string {
  const lines = text.replace(/\r\n/g, '\n');
  return model.includes('\r\n') ? lines.replace(/\n/g, '\r\n') : lines;
}
