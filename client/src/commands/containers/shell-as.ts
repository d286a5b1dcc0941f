import { t } from '@vscode/l10n';
import { openShell } from '../../shell/shells.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { askedPlace } from '../../shell/shell-user.ts';

export default command({
  title: 'Open Shell As…',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  single: true,
  trusted: true,
  async run([container], { engine: connected, editor }) {
    if (container === undefined) return;
    const engine = await connected();
    await attempt(t('No shell in {0}', container.name), async () => {
      const place = await askedPlace(container, engine, editor);
      if (place === undefined) return;
      const { name, stream } = await openShell(engine, container, place);
      editor.terminal(name, stream, 'terminal');
    });
  },
});
