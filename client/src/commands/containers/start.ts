import { t } from '@vscode/l10n';
import type { Container, Engine } from '../../engine/engine.ts';
import { EngineError, isEngineError } from '../../engine/errors.ts';
import { takenPort } from '../../run/failure.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Start Container',
  shortTitle: 'Start',
  icon: 'play',
  on: 'container',
  needs: ['created|exited'],
  inline: 3,
  group: '0_daily',
  order: 4,
  groups: true,
  trusted: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await runForEach(containers, (container) => start(engine, container));
  },
});

async function start(engine: Engine, container: Container): Promise<void> {
  await attempt(t('Could not start {0}', container.name), async () => {
    try {
      await engine.start(container.id);
    } catch (error) {
      throw isEngineError(error) ? await explainPortConflict(error, container, engine) : error;
    }
  });
}

/** Adds the name of the container that uses the port; the engine only reports the port. */
async function explainPortConflict(
  error: EngineError,
  container: Container,
  engine: Engine,
): Promise<EngineError> {
  const port = takenPort(error.message);
  if (port === undefined) return error;
  const others = await engine.containers().catch(() => []);
  const holder = others.find(
    ({ id, state, ports }) =>
      id !== container.id && state === 'running' && ports.some(({ host }) => host === port),
  );
  const fact =
    holder === undefined
      ? t('port {0} is in use by another program', port)
      : t('port {0} is in use by {1}', port, holder.name);
  return new EngineError(error.kind, fact, error);
}
