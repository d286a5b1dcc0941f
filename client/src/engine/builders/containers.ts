/** Connections to BuildKit in a container, as buildx's driver `docker-container` makes them. */
import type { Duplex } from 'node:stream';
import { t } from '@vscode/l10n';
import type { BuildEvent } from '../../../../contract/build.ts';
import type { Address } from '../address.ts';
import { findAddress } from '../docker-cli/address-lookup.ts';
import type { Environment } from '../docker-cli/config-file.ts';
import { contextStore } from '../docker-cli/context-store.ts';
import { environmentTls, parseEndpoint } from '../docker-cli/endpoint-url.ts';
import { isEngineError } from '../errors.ts';
import { failed, unavailableError, type NamedBuilder } from './errors.ts';
import type { BuilderHost, ConnectedEngine } from './host.ts';

export interface BuilderContainer {
  readonly name: string;
  /** A Docker context, or the address of an engine; empty for the engine of this window. */
  readonly engine: string;
}

/** The name that buildx gives the container of a node. */
export function containerOf(node: string): string {
  return `buildx_buildkit_${node}`;
}

/** The engine of the container, which runs when this resolves; yields what is done for it. Rejects with EngineError. */
export async function* startContainer(
  { name, engine: place }: BuilderContainer,
  builder: NamedBuilder,
  { host, environment }: { readonly host: BuilderHost; readonly environment: Environment },
): AsyncGenerator<BuildEvent, ConnectedEngine, undefined> {
  try {
    const connected = await host.connect(await addressOf(place, environment, host));
    const { engine } = connected;
    const { running } = await engine.inspect('container', name);
    if (running) return connected;
    const step = { kind: 'step', id: `start:${name}`, name: `starting container ${name}` } as const;
    const startedAt = performance.now();
    yield { ...step, state: 'running' };
    await engine.start(name);
    yield { ...step, state: 'done', duration: Math.round(performance.now() - startedAt) };
    return connected;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    if (error.kind === 'missing')
      throw failed(
        t(
          'Builder {0} has no container; start it with `docker buildx inspect --bootstrap {0}`',
          builder.name,
        ),
        error,
      );
    throw unavailableError(builder.name, error);
  }
}

/** Connects to BuildKit in the running container. Rejects with EngineError. */
export async function openContainer(
  name: string,
  engine: ConnectedEngine,
  builder: NamedBuilder,
): Promise<Duplex> {
  try {
    return await engine.openInContainer({
      container: name,
      argv: ['buildctl', 'dial-stdio'],
      toError: (output) => unreachable(builder, lastLine(output)),
    });
  } catch (error) {
    throw isEngineError(error) ? unreachable(builder, error.message, error) : error;
  }
}

function unreachable({ name }: NamedBuilder, reason: string, cause?: unknown): Error {
  return failed(t('Could not connect to builder {0}: {1}', name, reason), cause);
}

function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1) ?? '';
}

async function addressOf(
  place: string,
  environment: Environment,
  host: BuilderHost,
): Promise<Address> {
  if (place === '') return host.address;
  const isContext =
    place === 'default' ||
    (await contextStore(environment).list()).some(({ name }) => name === place);
  if (isContext) return findAddress('', environment, place);
  const endpoint = parseEndpoint(place, environmentTls(environment), environment);
  return { endpoint, source: 'default', url: place };
}
