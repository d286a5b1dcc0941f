/**
 * Build caches in directories of this machine: `type=local`. BuildKit gets names for them instead of their paths, and reads
 * and writes their blobs through the session; the index of a directory names the newest cache by its tag, as with buildx
 * (BuildKit, client/solve.go and client/ociindex).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { BuildEvent, BuildRequest, BuildTarget } from '../../../../contract/build.ts';
import { EngineError } from '../errors.ts';
import { isObject, type Json } from '../json-object.ts';
import { readRegularFile } from '../regular-file.ts';
import { writeWholeFile } from '../write-file.ts';
import { ContentStore } from './session/content-store.ts';
import type { ContentStores } from './session/content.ts';

export interface LocalCaches {
  /** With names instead of directories, and without caches that do not exist. */
  readonly request: BuildRequest;
  readonly stores: ContentStores;
  /** Names the caches that were written. Rejects with EngineError. */
  finish(response: Readonly<Record<string, string>>): Promise<void>;
}

const type = 'local';
const defaultTag = 'latest';
const tagAnnotation = 'org.opencontainers.image.ref.name';

/** Rejects with EngineError if a cache has no directory. A cache that cannot be read is not used, as with buildx. */
export async function localCaches(
  request: BuildRequest,
  report: (event: BuildEvent) => unknown,
): Promise<LocalCaches> {
  const { cacheFrom, cacheTo } = request;
  const stores = new Map<string, ContentStore>();
  const written: { readonly directory: string; readonly tag: string }[] = [];
  const from: BuildTarget[] = [];
  for (const [i, cache] of (cacheFrom ?? []).entries()) {
    if (cache.type !== type) {
      from.push(cache);
      continue;
    }
    const { src: directory = '', tag = defaultTag, ...attributes } = cache.attributes;
    if (directory === '') throw new EngineError('failed', t('A local cache to read requires src=DIRECTORY')); // prettier-ignore
    const digest = attributes.digest ?? (await digestIn(directory, tag));
    if (digest === undefined) {
      const text = t('{0} does not contain a build cache, so it is not used', directory);
      report({ kind: 'warning', text });
      continue;
    }
    stores.set(`from-${i}`, new ContentStore(directory, false));
    from.push({ type, attributes: { ...attributes, src: `from-${i}`, digest } });
  }
  const to = (cacheTo ?? []).map((cache, i): BuildTarget => {
    if (cache.type !== type) return cache;
    const { dest: directory = '', tag = defaultTag, ...attributes } = cache.attributes;
    if (directory === '') throw new EngineError('failed', t('A local cache to write requires dest=DIRECTORY')); // prettier-ignore
    stores.set(`to-${i}`, new ContentStore(directory, true));
    written.push({ directory, tag });
    return { type, attributes: { ...attributes, dest: `to-${i}` } };
  });
  return {
    request: {
      ...request,
      ...(cacheFrom && { cacheFrom: from }),
      ...(cacheTo && { cacheTo: to }),
    },
    stores,
    finish: async (response) => {
      const manifest = objectOf(response['cache.manifest'] ?? '');
      if (typeof manifest?.digest !== 'string') return;
      for (const { directory, tag } of written) await addToIndex(directory, tag, manifest);
    },
  };
}

/** The digest of the cache with this tag; undefined if there is none. */
async function digestIn(directory: string, tag: string): Promise<string | undefined> {
  const found = (await manifestsIn(directory)).find((one) => tagOf(one) === tag)?.digest;
  return typeof found === 'string' ? found : undefined;
}

async function manifestsIn(directory: string): Promise<readonly Json[]> {
  const content = await readRegularFile(join(directory, 'index.json')).catch(() => undefined);
  const manifests = objectOf(content?.toString() ?? '')?.manifests;
  return Array.isArray(manifests) ? manifests.filter(isObject) : [];
}

function tagOf({ annotations }: Json): unknown {
  return isObject(annotations) ? annotations[tagAnnotation] : undefined;
}

async function addToIndex(directory: string, tag: string, manifest: Json): Promise<void> {
  const others = (await manifestsIn(directory)).filter((one) => tagOf(one) !== tag);
  const annotations = { ...(isObject(manifest.annotations) && manifest.annotations), [tagAnnotation]: tag }; // prettier-ignore
  const index = { schemaVersion: 2, manifests: [...others, { ...manifest, annotations }] };
  await mkdir(directory, { recursive: true });
  await writeWholeFile(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  await writeWholeFile(join(directory, 'index.json'), JSON.stringify(index));
}

function objectOf(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
