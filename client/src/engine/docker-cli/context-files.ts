/** Where the docker command line keeps a context, and what of it we read. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { configFolder, type Json, type Surroundings } from './config-file.ts';

/** The file and the folders of a context: named by the SHA-256 of its name. */
export function contextPlaces(
  around: Surroundings,
  name: string,
): { readonly folder: string; readonly meta: string; readonly tls: string } {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = contextsFolder(around);
  return {
    folder: join(contexts, 'meta', id),
    meta: join(contexts, 'meta', id, 'meta.json'),
    tls: join(contexts, 'tls', id, 'docker'),
  };
}

export function contextsFolder(around: Surroundings): string {
  return join(configFolder(around), 'contexts');
}

/** The engine of a context; undefined where it names none. */
export function endpointOf(
  meta: Json | undefined,
): { readonly host: string; readonly skipVerify: boolean } | undefined {
  const endpoints = meta?.Endpoints as Record<string, Record<string, unknown>> | undefined;
  const host = endpoints?.docker?.Host;
  if (typeof host !== 'string' || host === '') return undefined;
  return { host, skipVerify: endpoints?.docker?.SkipTLSVerify === true };
}
