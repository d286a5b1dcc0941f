import { t } from '@vscode/l10n';
import { columns } from '../../ui/text-table.ts';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Processes in Container',
  shortTitle: 'Show Processes',
  icon: 'list-tree',
  on: 'container',
  needs: ['running|paused'],
  group: '1_open',
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await each(containers, ({ id, name }) =>
      attempt(t('The processes in {0} are not known', name), async () => {
        const { titles, processes } = await engine.top(id);
        await editor.show(
          `${t('Processes in {0}', name)}.txt`,
          columns([titles, ...processes]),
          'plaintext',
        );
      }),
    );
  },
});
