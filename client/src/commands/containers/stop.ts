import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatNamesOf } from '../../ui/name-list.ts';

export default command({
  title: 'Stop Container',
  shortTitle: 'Stop',
  icon: 'debug-stop',
  on: 'container',
  needs: ['running|paused|restarting'],
  inline: 3,
  group: '0_daily',
  order: 4,
  groups: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await tools.editor.withWindowProgress(t('Stopping {0}', formatNamesOf(containers)), () =>
      runForEach(containers, ({ id, name }) =>
        attempt(t('Could not stop {0}', name), () => engine.stop(id)),
      ),
    );
  },
});
