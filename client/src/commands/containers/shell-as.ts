import { t } from '@vscode/l10n';
import { openShell } from '../../shell/shells.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { askShellOptions } from '../../shell/shell-user.ts';

export default command({
  title: 'Attach Shell as User…',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  single: true,
  trusted: true,
  async run([container], { engine: connected, editor }) {
    if (container === undefined) return;
    const engine = await connected();
    await attempt(t('Could not attach a shell to {0}', container.name), async () => {
      const options = await askShellOptions(container, engine, editor);
      if (options === undefined) return;
      const { name, stream } = await openShell(engine, container, options);
      editor.openTerminal(name, stream, 'terminal');
    });
  },
});
