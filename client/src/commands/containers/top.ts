import { t } from '@vscode/l10n';
import { formatTable } from '../../ui/text-table.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Container Processes',
  shortTitle: 'Show Processes',
  icon: 'list-tree',
  on: 'container',
  needs: ['running|paused'],
  group: '1_open',
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await runForEach(containers, ({ id, name }) =>
      attempt(t('Could not list the processes in {0}', name), async () => {
        const { titles, processes } = await engine.top(id);
        await editor.showDocument(
          `${t('Processes in {0}', name)}.txt`,
          formatTable([titles, ...processes]),
          'plaintext',
        );
      }),
    );
  },
});
