import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { named } from '../../ui/name-list.ts';

export default command({
  title: 'Kill Container…',
  shortTitle: 'Kill…',
  icon: 'zap',
  on: 'container',
  needs: ['running|paused|restarting'],
  group: '2_do',
  groups: true,
  async run(containers, { engine: connected, editor }) {
    const sure = await editor.confirm(
      t('Kill {0}?', named(containers)),
      t(
        'Nothing is saved first: what its processes have not written is lost. Stop asks them to end.',
      ),
      t('Kill'),
    );
    if (!sure) return;
    const engine = await connected();
    await each(containers, ({ id, name }) =>
      attempt(t('{0} was not killed', name), () => engine.kill(id)),
    );
  },
});
