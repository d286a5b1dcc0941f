import { t } from '@vscode/l10n';
import { openShell } from '../../shell/shells.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Attach Shell',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  inline: 2,
  group: '1_open',
  trusted: true,
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await runForEach(containers, (container) =>
      attempt(t('Could not attach a shell to {0}', container.name), async () => {
        const { name, stream } = await openShell(engine, container);
        editor.openTerminal(name, stream, 'terminal');
      }),
    );
  },
});
