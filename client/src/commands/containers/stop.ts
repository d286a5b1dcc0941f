import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { named } from '../../ui/name-list.ts';

export default command({
  title: 'Stop Container',
  shortTitle: 'Stop',
  icon: 'debug-stop',
  on: 'container',
  needs: ['running|paused|restarting'],
  inline: 1,
  group: '2_do',
  groups: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await tools.editor.meanwhile(t('Stopping {0}', named(containers)), () =>
      each(containers, ({ id, name }) =>
        attempt(t('{0} did not stop', name), () => engine.stop(id)),
      ),
    );
  },
});
