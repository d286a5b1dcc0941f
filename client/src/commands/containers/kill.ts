import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import type { Container } from '../../engine/engine.ts';
import { command } from '../command.ts';
import { formatNamesOf } from '../../ui/name-list.ts';

export default command({
  title: 'Kill Container…',
  shortTitle: 'Kill…',
  icon: 'zap',
  on: 'container',
  needs: ['running|paused|restarting'],
  group: '5_remove',
  order: 1,
  groups: true,
  async run(containers, { engine: connected, editor }) {
    const sure = await editor.confirm(
      questionFor(containers),
      t('Processes end immediately and lose unsaved data. Stop lets them shut down first.'),
      t('Kill'),
    );
    if (!sure) return;
    const engine = await connected();
    await runForEach(containers, ({ id, name }) =>
      attempt(t('Could not kill {0}', name), () => engine.kill(id)),
    );
  },
});

function questionFor(containers: readonly Container[]): string {
  const names = formatNamesOf(containers);
  return containers.length === 1
    ? t('Kill container {0}?', names)
    : t('Kill {0} containers: {1}?', containers.length, names);
}
