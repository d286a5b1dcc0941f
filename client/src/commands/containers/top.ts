import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Container Processes',
  shortTitle: 'Show Processes',
  icon: 'list-tree',
  on: 'container',
  needs: ['running|paused'],
  group: '1_open',
  order: 4,
  async run(containers, tools) {
    const { showProcesses } = await import('../../processes/session.ts');
    await runForEach(containers, (container) =>
      attempt(t('Could not list the processes in {0}', container.name), () =>
        showProcesses(container, tools),
      ),
    );
  },
});
