import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'View Logs with Options…',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  group: '1_open',
  order: 6,
  groups: true,
  async run(containers, tools) {
    const range = await tools.editor.pick<string>(t('View Logs: Lines to Show'), [
      { label: t('Last 100 lines'), value: 'tail:100' },
      { label: t('Last 10,000 lines'), value: 'tail:10000' },
      { label: t('All lines'), value: 'all' },
      { label: t('New lines only'), value: 'new' },
    ]);
    if (range === undefined) return;
    const timestamps = await tools.editor.pick<boolean>(t('View Logs: Timestamps'), [
      { label: t('Without timestamps'), value: false },
      { label: t('With timestamps'), value: true },
    ]);
    if (timestamps === undefined) return;
    const { openLogs } = await import('../../logs/session.ts');
    openLogs(tools, containers, { range, timestamps });
  },
});
