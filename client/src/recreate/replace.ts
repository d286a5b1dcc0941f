/** Replaces a container by a new one. The old one is kept, renamed and stopped, until the new one runs. */
import { t } from '@vscode/l10n';
import type { NewContainer } from '../engine/container-requests.ts';
import type { ContainerDetails } from '../engine/details.ts';
import type { Container, Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import { cancelled } from './cancelled.ts';

export interface Replacement {
  readonly old: Container;
  readonly details: ContainerDetails;
  readonly request: NewContainer;
  /** Creates the old one again, for a container that was started with `--rm`. */
  readonly undo: NewContainer;
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

/** Returns the id of the new container. Rejects with the reason after the old container was restored. */
export async function replaceContainer(engine: Engine, replacement: Replacement): Promise<string> {
  const { old, request, signal, report } = replacement;
  const wasActive = isActive(old);
  const aside = `${old.name}.${old.id.slice(0, 6)}`;
  await engine.rename(old.id, aside);
  let created: string | undefined;
  try {
    // It is created before the old one stops: most failures then cost no time, and volumes stay in use.
    created = (await engine.create(request)).id;
    if (wasActive) {
      report(t('Stopping {0}', old.name));
      await engine.stop(old.id);
      report(t('Starting {0}', old.name));
      await engine.start(created);
      await waitUntilUp(engine, created, { signal, report });
      if (old.state === 'paused') await engine.pause(created);
    }
    if (signal.aborted) throw cancelled();
  } catch (error) {
    if (created !== undefined) {
      await engine.remove(created, { force: true, volumes: true }).catch(() => undefined);
    }
    await restore(engine, replacement, aside, error);
    throw error;
  }
  await engine.remove(old.id, { force: true }).catch(unlessMissing);
  return created;
}

/** Rejects with another error if the old container could not be restored. */
async function restore(
  engine: Engine,
  { old, details, undo }: Replacement,
  aside: string,
  reason: unknown,
): Promise<void> {
  try {
    const { id } = await renameBack(engine, old, details, undo);
    if (isActive(old)) await engine.start(id);
    if (old.state === 'paused') await engine.pause(id);
  } catch (error) {
    if (!isEngineError(error) || !isEngineError(reason)) throw error;
    const fact = t(
      'The old container is {0}, and could not be restored: {1}',
      aside,
      error.message,
    );
    throw new EngineError('failed', `${reason.message}. ${fact}`, reason);
  }
}

async function renameBack(
  engine: Engine,
  old: Container,
  { host }: ContainerDetails,
  undo: NewContainer,
): Promise<{ readonly id: string }> {
  try {
    await engine.rename(old.id, old.name);
    return { id: old.id };
  } catch (error) {
    const isRemoved = host.AutoRemove === true && isEngineError(error) && /missing|conflict/.test(error.kind); // prettier-ignore
    if (!isRemoved) throw error;
    return engine.create(undo);
  }
}

/** How long a container without a health check has to run, and how long one with a health check is waited for, in milliseconds. */
const [stableTime, healthTime] = [2_000, 60_000];

const pollTime = 250;

/** Rejects if the container exits, restarts or becomes unhealthy. */
async function waitUntilUp(
  engine: Engine,
  id: string,
  { signal, report }: Pick<Replacement, 'signal' | 'report'>,
): Promise<void> {
  for (let waited = 0; ; waited += pollTime) {
    if (signal.aborted) throw cancelled();
    const [details, listed] = await Promise.all([
      engine.inspect('container', id),
      engine.containers(),
    ]);
    if (!details.running || details.restartCount > 0) {
      throw new EngineError('failed', t('the new container exited with code {0}', details.exitCode || (listed.find((one) => one.id === id)?.exitCode ?? 0))); // prettier-ignore
    }
    const health = listed.find((one) => one.id === id)?.health;
    if (health === 'healthy') return;
    if (health === 'unhealthy')
      throw new EngineError('failed', t('the new container is unhealthy'));
    if (waited >= (health === undefined ? stableTime : healthTime)) return;
    if (health === 'starting') report(t('Waiting for the health check'));
    await new Promise((resolve) => setTimeout(resolve, pollTime));
  }
}

function isActive({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

function unlessMissing(error: unknown): void {
  if (!isEngineError(error) || error.kind !== 'missing') throw error;
}
