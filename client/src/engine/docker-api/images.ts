/** Images: listing, removal, history, tags, save and load. */
import { bodyOf, linesOf, segment, type Wire } from './wire.ts';
import type { Engine, Image } from '../engine.ts';
import type { Layer } from '../objects.ts';
import { cancelledError, isAborted, streamError } from './engine-errors.ts';

type Methods = 'images' | 'removeImage' | 'history' | 'tag' | 'save' | 'load';

export function imageMethods(wire: Wire): Pick<Engine, Methods> {
  return {
    images: async () => {
      const raw = await wire.json<readonly RawImage[]>({ method: 'GET', path: '/images/json' });
      return raw.map(imageOf);
    },
    removeImage: async (reference, { force = false } = {}) => {
      const request = { method: 'DELETE', path: `/images/${segment(reference)}` } as const;
      const raw = await wire.json<readonly RawRemoval[]>({ ...request, query: { force } });
      return {
        untagged: raw.flatMap(({ Untagged }) => Untagged ?? []),
        deleted: raw.flatMap(({ Deleted }) => (Deleted === undefined ? [] : [digest(Deleted)])),
      };
    },
    history: async (image) => {
      const request = { method: 'GET', path: `/images/${segment(image)}/history` } as const;
      return (await wire.json<readonly RawLayer[]>(request)).map(layerOf);
    },
    tag: async (image, reference) => {
      const { name: repo, tag } = nameAndTag(reference);
      const path = `/images/${segment(image)}/tag`;
      await wire.json({ method: 'POST', path, query: { repo, tag } });
    },
    save: (names, signal) => save(wire, names, signal),
    load: (tar, signal) => load(wire, tar, signal),
  };
}

/** Splits a reference; the tag defaults to `latest`, because without a tag the engine would transfer all tags. */
export function nameAndTag(reference: string): { readonly name: string; readonly tag: string } {
  const [, whole = reference, digest] = /^(.+?)(?:@(.+))?$/s.exec(reference) ?? [];
  const [, name = whole, tag = 'latest'] = /^(.+?)(?::([^/:]+))?$/s.exec(whole) ?? [];
  return { name, tag: digest ?? tag };
}

async function* save(
  wire: Wire,
  names: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* bodyOf(wire, { method: 'GET', path: '/images/get', query: { names }, signal });
  if (isAborted(signal)) throw cancelledError();
}

async function* load(
  wire: Wire,
  tar: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const query = { quiet: true };
  for await (const line of linesOf(wire, {
    method: 'POST',
    path: '/images/load',
    query,
    tar,
    headers: { 'Content-Type': 'application/x-tar' },
    signal,
  })) {
    const raw = JSON.parse(line) as { readonly stream?: string; readonly error?: string };
    if (raw.error !== undefined) throw streamError(raw.error);
    const loaded = /^Loaded image(?: ID)?: (.+)$/m.exec(raw.stream ?? '')?.[1];
    // Podman reports all images in one line.
    if (loaded !== undefined) yield* loaded.split(',').map((name) => name.trim());
  }
  if (isAborted(signal)) throw cancelledError();
}

interface RawLayer {
  readonly Id?: string;
  readonly Created?: number;
  readonly CreatedBy?: string;
  readonly Size?: number;
  readonly Tags?: readonly string[] | null;
  readonly Comment?: string;
}

function layerOf({
  Id = '',
  Created = 0,
  CreatedBy = '',
  Size = 0,
  Tags,
  Comment,
}: RawLayer): Layer {
  return {
    ...(Id !== '' && Id !== '<missing>' && { id: digest(Id) }),
    createdBy: CreatedBy.trim(),
    size: Size,
    createdAt: new Date(Created * 1000),
    tags: Tags ?? [],
    comment: Comment ?? '',
  };
}

/** Adds the algorithm to an id; Podman omits it. */
export function digest(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}

interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Size?: number;
  readonly Created?: number;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

interface RawRemoval {
  readonly Untagged?: string;
  readonly Deleted?: string;
}

function imageOf(raw: RawImage): Image {
  return {
    id: raw.Id,
    tags: (raw.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
    digests: (raw.RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>'),
    size: raw.Size ?? 0,
    createdAt: new Date((raw.Created ?? 0) * 1000),
    labels: raw.Labels ?? {},
  };
}
