import { t } from '@vscode/l10n';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { attached } from '../../shell/attached-process.ts';
import { attempt, each } from '../../ui/attempt.ts';
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
    await each(containers, ({ id, name }) =>
      attempt(t('{0} was not attached to', name), async () => {
        const { tty, running } = await processOf(engine, id);
        // Attached to what has ended, one would wait for its next start.
        if (!running) throw new EngineError('conflict', t('it does not run any more'));
        const stream = await engine.attach(id, { tty });
        const runs = async (): Promise<boolean> => (await processOf(engine, id)).running;
        editor.terminal(t('{0}: main process', name), attached(stream, { tty, runs }), 'plug');
      }),
    );
  },
});

interface Details {
  readonly Config?: { readonly Tty?: boolean };
  readonly State?: { readonly Running?: boolean };
}

async function processOf(
  engine: Engine,
  id: string,
): Promise<{ readonly tty: boolean; readonly running: boolean }> {
  const { Config, State } = (await engine.inspect('container', id)) as Details;
  return { tty: Config?.Tty === true, running: State?.Running === true };
}
