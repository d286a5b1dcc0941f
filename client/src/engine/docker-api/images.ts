/** Images: listing, removal, history, tags, save and load. */
import { dateOf } from './dates.ts';
import { every, list, map, number, object, text } from './json-readers.ts';
import { bodyOf, linesOf, requestDone, requestJson } from './requests.ts';
import { segment } from './request.ts';
import { imageUsage } from './image-usage.ts';
import type { Peer, Wire } from './wire.ts';
import type { Engine, Image } from '../engine.ts';
import type { Layer } from '../objects.ts';
import { cancelledError, isAborted } from './engine-errors.ts';
import { failureShape, throwStreamError, type RawFailure } from './stream-failure.ts';

type Methods = 'images' | 'imageUsage' | 'removeImage' | 'history' | 'tag' | 'save' | 'load';

export function imageMethods(wire: Wire, peer: Pick<Peer, 'api'>): Pick<Engine, Methods> {
  return {
    images: async () => {
      const request = { method: 'GET', path: '/images/json' } as const;
      return (await requestJson(wire, request, every(rawImage))).map(imageOf);
    },
    imageUsage: () => imageUsage(wire, peer),
    removeImage: async (reference, { force = false } = {}) => {
      const path = `/images/${segment(reference)}`;
      const request = { method: 'DELETE', path, query: { force } } as const;
      const raw = await requestJson(wire, request, every(rawRemoval));
      return {
        untagged: raw.flatMap(({ Untagged }) => Untagged ?? []),
        deleted: raw.flatMap(({ Deleted }) => (Deleted === undefined ? [] : [digest(Deleted)])),
      };
    },
    history: async (image) => {
      const request = { method: 'GET', path: `/images/${segment(image)}/history` } as const;
      return (await requestJson(wire, request, every(rawLayer))).map(layerOf);
    },
    tag: async (image, reference) => {
      const { name: repo, tag } = nameAndTag(reference);
      const path = `/images/${segment(image)}/tag`;
      await requestDone(wire, { method: 'POST', path, query: { repo, tag } });
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
  const request = { method: 'GET', path: '/images/get', query: { names }, signal } as const;
  yield* bodyOf(wire, { ...request, patience: 'transfer' });
  if (isAborted(signal)) throw cancelledError();
}

async function* load(
  wire: Wire,
  tar: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const request = {
    method: 'POST',
    path: '/images/load',
    query: { quiet: true },
    tar,
    headers: { 'Content-Type': 'application/x-tar' },
    signal,
    patience: 'transfer',
  } as const;
  for await (const raw of linesOf(wire, request, rawLoad)) {
    throwStreamError(raw);
    const loaded = /^Loaded image(?: ID)?: (.+)$/m.exec(raw.stream ?? '')?.[1];
    // Podman reports all images in one line.
    if (loaded !== undefined) yield* loaded.split(',').map((name) => name.trim());
  }
  if (isAborted(signal)) throw cancelledError();
}

interface RawLoad extends RawFailure {
  readonly stream?: string;
}

const rawLoad = object<RawLoad>({ stream: text, ...failureShape });

interface RawLayer {
  readonly Id?: string;
  readonly Created?: number;
  readonly CreatedBy?: string;
  readonly Size?: number;
  readonly Tags?: readonly string[];
  readonly Comment?: string;
}

const rawLayer = object<RawLayer>({
  Id: text,
  Created: number,
  CreatedBy: text,
  Size: number,
  Tags: list(text),
  Comment: text,
});

function layerOf({ Id = '', Created, CreatedBy = '', Size = 0, Tags, Comment }: RawLayer): Layer {
  return {
    ...(Id !== '' && Id !== '<missing>' && { id: digest(Id) }),
    createdBy: CreatedBy.trim(),
    size: Size,
    createdAt: dateOf(Created),
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
  readonly RepoTags?: readonly string[];
  readonly RepoDigests?: readonly string[];
  readonly Size?: number;
  readonly Created?: number;
  readonly Labels?: Readonly<Record<string, string>>;
}

const rawImage = object<RawImage>(
  {
    Id: text,
    RepoTags: list(text),
    RepoDigests: list(text),
    Size: number,
    Created: number,
    Labels: map(text),
  },
  'Id',
);

interface RawRemoval {
  readonly Untagged?: string;
  readonly Deleted?: string;
}

const rawRemoval = object<RawRemoval>({ Untagged: text, Deleted: text });

function imageOf(raw: RawImage): Image {
  return {
    id: raw.Id,
    tags: (raw.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
    digests: (raw.RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>'),
    size: raw.Size ?? 0,
    createdAt: dateOf(raw.Created),
    labels: raw.Labels ?? {},
  };
}
