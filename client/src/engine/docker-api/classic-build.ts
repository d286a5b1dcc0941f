/** Builds images with the classic builder: the whole build context is sent in one request. */
import { t } from '@vscode/l10n';
import type { BuildEvent, BuildRequest } from '../../../../contract/build.ts';
import { limitParameters } from '../build-limits.ts';
import { EngineError } from '../errors.ts';
import { classicEvents, rawLine } from './classic-builder.ts';
import { registryMethods } from './registry.ts';
import type { Request } from './request.ts';
import { linesOf } from './requests.ts';
import type { Wire } from './wire.ts';

interface ClassicWork {
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
}

/** Throws EngineError before anything is sent if the request has options that this builder does not support. */
export async function* classicBuild(
  wire: Wire,
  work: ClassicWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  const unsupported = unsupportedOptions(work.request);
  if (unsupported.length > 0) {
    const names = unsupported.join(', ');
    throw new EngineError(
      'failed',
      work.request.classicBuilder === true
        ? t('The classic builder does not support {0}: build without `DOCKER_BUILDKIT=0`', names)
        : t('This engine builds without BuildKit, which does not support {0}', names),
    );
  }
  const request = await httpRequest(work);
  yield* classicEvents(linesOf(wire, request, rawLine));
  if (work.request.push !== true) return;
  for (const tag of work.request.tags) yield* pushed(wire, tag, work.signal);
}

/** The options of the request that need BuildKit, as the docker CLI names them. */
export function unsupportedOptions(request: BuildRequest): readonly string[] {
  const { secrets, ssh, buildContexts, cacheTo, cacheFrom, outputs, noCache, platforms } = request;
  const isStored = (outputs ?? []).every(({ type }) => type === 'image' || type === 'docker');
  const isFromImages = (cacheFrom ?? []).every(({ type }) => type === 'registry');
  const options: Readonly<Record<string, boolean>> = {
    '--secret': (secrets ?? []).length > 0,
    '--ssh': (ssh ?? []).length > 0,
    '--build-context': Object.keys(buildContexts ?? {}).length > 0,
    '--cache-to': (cacheTo ?? []).length > 0,
    '--cache-from': !isFromImages,
    '--output': !isStored || (outputs ?? []).some(({ attributes }) => 'dest' in attributes),
    '--no-cache-filter': Array.isArray(noCache) && noCache.length > 0,
    '--platform': (platforms ?? []).length > 1,
    '--file': request.context.kind === 'remote' && request.dockerfileText !== undefined,
    '--attest': Object.keys(request.frontendAttributes ?? {}).length > 0,
  };
  return Object.keys(options).filter((name) => options[name] === true);
}

async function httpRequest({ request, signal }: ClassicWork): Promise<Request> {
  const { createContext } = await import('../build-context/context.ts');
  const { context, dockerfile, dockerfileText } = request;
  const local =
    context.kind === 'directory'
      ? await createContext(context.path, dockerfile, dockerfileText)
      : undefined;
  const query = classicQuery(request, local?.dockerfile ?? dockerfile);
  const body = local && { tar: local.tar };
  return { method: 'POST', path: '/build', query, ...body, signal, patience: 'open' };
}

/** The parameters of `POST /build`; `dockerfile` is the path in the context that is sent. */
export function classicQuery(
  request: BuildRequest,
  dockerfile: string,
): NonNullable<Request['query']> {
  const { context, labels, buildArgs } = request;
  return {
    dockerfile,
    remote: context.kind === 'remote' ? context.address : undefined,
    t: request.tags,
    target: request.target,
    platform: request.platforms?.join(','),
    buildargs: buildArgs && JSON.stringify(buildArgs),
    labels: labels && JSON.stringify(labels),
    nocache: request.noCache === true ? true : undefined,
    pull: request.pull === true ? true : undefined,
    extrahosts: request.addHosts,
    networkmode: request.network,
    shmsize: request.shmSize,
    ulimits: request.ulimits && JSON.stringify(request.ulimits.map(toUlimit)),
    cgroupparent: request.cgroupParent,
    ...limitParameters(request),
    cachefrom: cacheImages(request),
    rm: true,
    forcerm: true,
  };
}

/** `nofile=1024:2048`, or one number for both. */
function toUlimit(text: string): object {
  const [name = '', limits = ''] = text.split('=');
  const [soft = '', hard = soft] = limits.split(':');
  return { Name: name, Soft: Number(soft), Hard: Number(hard) };
}

function cacheImages({ cacheFrom = [] }: BuildRequest): string | undefined {
  const images = cacheFrom.flatMap(({ attributes }) => attributes.ref ?? []);
  return images.length === 0 ? undefined : JSON.stringify(images);
}

async function* pushed(
  wire: Wire,
  tag: string,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, void, undefined> {
  const step = { kind: 'step', id: `push:${tag}`, name: `pushing ${tag}` } as const;
  yield { ...step, state: 'running' };
  for await (const { layer = '', status } of registryMethods(wire).push(tag, signal))
    yield { kind: 'log', id: step.id, text: `${layer} ${status}\n`.trimStart() };
  yield { ...step, state: 'done' };
}
