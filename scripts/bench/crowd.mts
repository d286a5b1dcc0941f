/** Many containers and tags on an engine, which the benchmark of the sidebar shows. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EngineObjects } from '../../test/ui/engine-objects.ts';
import type { Cleanup } from '../setup/cleanup.mts';

/** Requests that the engine answers in parallel without slowing down. */
const parallel = 8;

export interface Crowd {
  /** The name of the container that is first by name. */
  readonly first: () => string;
  /** The name that renameFirst gives. */
  readonly nextName: () => string;
  /** Renames that container. */
  readonly renameFirst: () => Promise<void>;
  /** The tag that tagFirst adds. */
  readonly nextTag: () => string;
  /** Gives the image one more tag, which is first by name. */
  readonly tagFirst: () => Promise<void>;
  /** Removes the tags that were added, so that the next ones are in sight. */
  readonly removeTags: () => Promise<void>;
}

/** Creates stopped containers and tags of one image, which are removed at the end. */
export async function createCrowd(
  objects: EngineObjects,
  options: { readonly containers: number; readonly tags: number; readonly cleanup: Cleanup },
): Promise<Crowd> {
  const { docker } = objects;
  const { cleanup } = options;
  const image = await objects.image('crowd');
  const tag = async (reference: string): Promise<void> => {
    const [repo = '', tag = ''] = reference.split(':');
    await docker.getImage(image).tag({ repo, tag });
  };
  const references = range(options.tags).map((at) => `crowd-${String(at % 50)}:${String(at)}`);
  await eachOf(references, tag);
  const removeTag = async (reference: string): Promise<void> => {
    await docker.getImage(reference).remove({ force: true });
  };
  const added: string[] = [];
  cleanup.add(() => eachOf([...references, ...added], removeTag));
  const names = range(options.containers).map((at) => `crowd-${String(at).padStart(4, '0')}`);
  await eachOf(names, (name) => docker.createContainer({ name, Image: image, Cmd: ['sh'] }));
  cleanup.add(async () => {
    const all = await docker.listContainers({ all: true, filters: { ancestor: [image] } });
    await eachOf(all, ({ Id }) => docker.getContainer(Id).remove({ force: true }));
  });
  let first = names[0] ?? '';
  let renames = 0;
  const nextName = (): string => `${names[0] ?? ''}-${String(renames + 1)}`;
  const nextTag = (): string => `a-crowd:${String(added.length)}`;
  return {
    first: () => first,
    nextName,
    renameFirst: async () => {
      const to = nextName();
      renames++;
      await docker.getContainer(first).rename({ name: to });
      first = to;
    },
    nextTag,
    tagFirst: async () => {
      const reference = nextTag();
      added.push(reference);
      await tag(reference);
    },
    removeTags: () => eachOf(added.splice(0), removeTag),
  };
}

/** Runs `docker ps -a`. */
export async function dockerPs(host: string): Promise<void> {
  await promisify(execFile)('docker', ['--host', host, 'ps', '--all', '--quiet', '--no-trunc']);
}

async function eachOf<T>(
  things: readonly T[],
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const rest = [...things];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next);
  };
  await Promise.all(range(parallel).map(worker));
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
