/** The options of a build as attributes of the Dockerfile frontend (frontend/dockerui of BuildKit). */
import { basename } from 'node:path';
import type { BuildRequest, BuildTarget } from '../../../../contract/build.ts';
import { limitParameters } from '../build-limits.ts';
import type { Typed } from './messages.ts';

type Attributes = Readonly<Record<string, string>>;

export function frontendAttributes(request: BuildRequest): Attributes {
  const { target, network, shmSize, cgroupParent = '' } = request;
  const { platforms = [], addHosts = [], ulimits = [] } = request;
  const cache = (request.cacheFrom ?? []).map(toTyped);
  return {
    ...sourceAttributes(request),
    ...prefixed('build-arg:', request.buildArgs),
    ...prefixed('label:', request.labels),
    ...(target !== undefined && target !== '' && { target }),
    ...(platforms.length > 0 && { platform: platforms.join(',') }),
    ...noCache(request),
    // Images of this engine are used unless newer ones are requested, as with the docker CLI.
    'image-resolve-mode': request.pull === true ? 'pull' : 'local',
    ...(addHosts.length > 0 && { 'add-hosts': addHosts.map(toHost).join(',') }),
    ...(isSpecial(network) && { 'force-network-mode': network }),
    ...(shmSize !== undefined && shmSize > 0 && { 'shm-size': String(shmSize) }),
    ...(ulimits.length > 0 && { ulimit: ulimits.join(',') }),
    ...(cgroupParent !== '' && { 'cgroup-parent': cgroupParent }),
    ...limitParameters(request),
    ...(cache.length > 0 && { 'cache-imports': JSON.stringify(cache) }),
    ...contextAttributes(request),
    ...request.frontendAttributes,
  };
}

/** The names of directories in the session. */
export const contextName = 'context';
export const dockerfileName = 'dockerfile';

function sourceAttributes({ context, dockerfile, dockerfileText }: BuildRequest): Attributes {
  if (context.kind === 'directory') return { filename: basename(dockerfile) };
  if (dockerfileText === undefined)
    return { context: context.address, ...(dockerfile !== '' && { filename: dockerfile }) };
  // Without a key, the frontend takes the Dockerfile from the remote context.
  return {
    context: context.address,
    filename: basename(dockerfile),
    dockerfilekey: dockerfileName,
  };
}

function prefixed(prefix: string, values: Attributes = {}): Attributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]),
  );
}

function noCache({ noCache: stages }: BuildRequest): Attributes {
  if (stages === true) return { 'no-cache': '' };
  return stages === undefined || stages.length === 0 ? {} : { 'no-cache': stages.join(',') };
}

/** `name:address` as BuildKit writes it; the address can contain colons. */
function toHost(host: string): string {
  return host.includes('=') ? host : host.replace(':', '=');
}

function isSpecial(network: string | undefined): network is string {
  return network !== undefined && network !== '' && network !== 'default';
}

export function toTyped({ type, attributes }: BuildTarget): Typed {
  return { Type: type, Attrs: attributes };
}

function contextAttributes({ buildContexts = {} }: BuildRequest): Attributes {
  const all = Object.entries(buildContexts);
  if (all.length === 0) return {};
  return {
    ...Object.fromEntries(
      all.map(([name, value]) => [
        `context:${name}`,
        isRemote(value) ? value : `local:${localName(name)}`,
      ]),
    ),
    // Frontends that do not know named contexts then refuse the build, instead of ignoring them.
    'frontend.caps': 'moby.buildkit.frontend.contexts+forward',
  };
}

/** The directories among the named contexts, by their names in the session. */
export function contextDirectories({
  buildContexts = {},
}: BuildRequest): readonly (readonly [name: string, path: string])[] {
  return Object.entries(buildContexts)
    .filter(([, value]) => !isRemote(value))
    .map(([name, value]) => [localName(name), value]);
}

function localName(name: string): string {
  return name === contextName || name === dockerfileName ? `named-${name}` : name;
}

/** An image, a Git repository or an archive. */
function isRemote(value: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|target:)/i.test(value);
}
