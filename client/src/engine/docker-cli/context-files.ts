/** The files of a context in the configuration of the docker CLI, and the properties read from them. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { configDirectory, type Environment } from './config-file.ts';
import type { Json } from '../json-object.ts';
import { objectAt, textAt } from './json.ts';

/** The file and the directories of a context, which are named by the SHA-256 hash of its name. */
export function contextPaths(
  environment: Environment,
  name: string,
): { readonly directory: string; readonly meta: string; readonly tls: string } {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = contextsDirectory(environment);
  return {
    directory: join(contexts, 'meta', id),
    meta: join(contexts, 'meta', id, 'meta.json'),
    tls: join(contexts, 'tls', id, 'docker'),
  };
}

export function contextsDirectory(environment: Environment): string {
  return join(configDirectory(environment), 'contexts');
}

/** The engine endpoint of a context; undefined if it does not have one. */
export function endpointOf(
  meta: Json | undefined,
): { readonly host: string; readonly skipVerify: boolean } | undefined {
  const docker = objectAt(objectAt(meta ?? {}, 'Endpoints'), 'docker');
  const host = textAt(docker, 'Host');
  return host === undefined ? undefined : { host, skipVerify: docker.SkipTLSVerify === true };
}
