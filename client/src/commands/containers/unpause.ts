import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Unpause Container',
  shortTitle: 'Unpause',
  icon: 'debug-continue',
  on: 'container',
  needs: ['paused'],
  group: '2_do',
  order: 4,
  groups: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await runForEach(containers, ({ id, name }) =>
      attempt(t('Could not unpause {0}', name), () => engine.unpause(id)),
    );
  },
});
