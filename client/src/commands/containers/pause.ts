import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Pause Container',
  shortTitle: 'Pause',
  icon: 'debug-pause',
  on: 'container',
  needs: ['running'],
  group: '2_do',
  groups: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    await each(containers, ({ id, name }) =>
      attempt(t('{0} was not paused', name), () => engine.pause(id)),
    );
  },
});
