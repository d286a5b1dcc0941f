/** Images of the engine: what there is, what goes, what comes from a registry. */
import { credentialsFor } from './credentials.ts';
import { linesOf, segment, type Wire } from './dockerode-wire.ts';
import type { Engine, Image, PullProgress } from './engine.ts';
import { cancelled, isAborted, streamed } from './trouble.ts';

export function imagesOf(wire: Wire): Pick<Engine, 'images' | 'removeImage' | 'pull'> {
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
    pull: (reference, signal) => pull(wire, reference, signal),
  };
}

/** Podman leaves the algorithm out. */
function digest(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}

interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Size?: number;
  readonly Created?: number;
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
  };
}

interface RawProgress {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly errorDetail?: { readonly message?: string };
  readonly error?: string;
}

async function* pull(
  wire: Wire,
  reference: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress, void, undefined> {
  const auth = await credentialsFor(reference);
  if (isAborted(signal)) throw cancelled();
  const lines = linesOf(wire, {
    method: 'POST',
    path: '/images/create',
    query: nameAndTag(reference),
    ...(auth && { headers: { 'X-Registry-Auth': base64url(auth) } }),
    signal,
  });
  for await (const line of lines) {
    const raw = JSON.parse(line) as RawProgress;
    const error = raw.errorDetail?.message ?? raw.error;
    if (error !== undefined) throw streamed(error);
    if (raw.status !== undefined) yield progressOf(raw, raw.status);
  }
  if (isAborted(signal)) throw cancelled();
}

function progressOf({ id, progressDetail }: RawProgress, status: string): PullProgress {
  const { current, total } = progressDetail ?? {};
  return {
    status,
    // A line about the whole image carries its tag as the id.
    ...(id !== undefined && /^[0-9a-f]{6,}$/.test(id) && { layer: id }),
    ...(current !== undefined && { current }),
    ...(total !== undefined && total > 0 && { total }),
  };
}

/** Without a tag the engine would pull all that there are. */
function nameAndTag(reference: string): { readonly fromImage: string; readonly tag: string } {
  const [, name = reference, digest] = /^(.+?)(?:@(.+))?$/s.exec(reference) ?? [];
  const [, bare = name, tag = 'latest'] = /^(.+?)(?::([^/:]+))?$/s.exec(name) ?? [];
  return { fromImage: bare, tag: digest ?? tag };
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
