import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatNamesOf } from '../../ui/name-list.ts';

export default command({
  title: 'Restart Container',
  shortTitle: 'Restart',
  icon: 'debug-restart',
  on: 'container',
  needs: ['running|paused|restarting|exited'],
  group: '0_daily',
  order: 3,
  groups: true,
  trusted: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await tools.editor.withWindowProgress(t('Restarting {0}', formatNamesOf(containers)), () =>
      runForEach(containers, ({ id, name }) =>
        attempt(t('Could not restart {0}', name), () => engine.restart(id)),
      ),
    );
  },
});
