import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { named } from '../../ui/name-list.ts';

export default command({
  title: 'Restart Container',
  shortTitle: 'Restart',
  icon: 'debug-restart',
  on: 'container',
  needs: ['running|paused|restarting|exited'],
  group: '2_do',
  groups: true,
  trusted: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await tools.editor.meanwhile(t('Restarting {0}', named(containers)), () =>
      each(containers, ({ id, name }) =>
        attempt(t('{0} did not restart', name), () => engine.restart(id)),
      ),
    );
  },
});
