import { t } from '@vscode/l10n';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { attachedStream } from '../../shell/attached-process.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Attach to Container',
  shortTitle: 'Attach',
  icon: 'plug',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  trusted: true,
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await runForEach(containers, ({ id, name }) =>
      attempt(t('Could not attach to {0}', name), async () => {
        const { tty, running } = await processOf(engine, id);
        // The engine accepts attaching to a stopped container and then waits for its next start.
        if (!running) throw new EngineError('conflict', t('the container is not running'));
        const stream = await engine.attach(id, { tty });
        const isRunning = async (): Promise<boolean> => (await processOf(engine, id)).running;
        editor.openTerminal(
          t('{0}: main process', name),
          attachedStream(stream, { tty, isRunning: isRunning }),
          'plug',
        );
      }),
    );
  },
});

async function processOf(
  engine: Engine,
  id: string,
): Promise<{ readonly tty: boolean; readonly running: boolean }> {
  const { config, running } = await engine.inspect('container', id);
  return { tty: config.Tty === true, running };
}
