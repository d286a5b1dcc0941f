import { t } from '@vscode/l10n';
import { openShell } from '../../shell/shells.ts';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Open Shell',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  inline: 2,
  group: '1_open',
  trusted: true,
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await each(containers, (container) =>
      attempt(t('No shell in {0}', container.name), async () => {
        const { name, stream } = await openShell(engine, container);
        editor.terminal(name, stream, 'terminal');
      }),
    );
  },
});
