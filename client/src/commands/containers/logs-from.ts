import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { printLogs } from '../../logs/log-terminal.ts';
import type { LogOptions } from '../../logs/log-lines.ts';

export default command({
  title: 'View Logs with Options…',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  group: '1_open',
  groups: true,
  async run(containers, tools) {
    const tail = await tools.editor.pick<number>(t('View Logs: Lines to Show'), [
      { label: t('Last 100 lines'), value: 100 },
      { label: t('Last 10,000 lines'), value: 10_000 },
      { label: t('All lines'), value: Infinity },
      { label: t('New lines only'), value: 0 },
    ]);
    if (tail === undefined) return;
    const timestamps = await tools.editor.pick<LogOptions['timestamps']>(
      t('View Logs: Timestamps'),
      [
        { label: t('Without timestamps'), value: false },
        { label: t('With timestamps'), value: true },
      ],
    );
    if (timestamps !== undefined) await printLogs(tools, containers, { tail, timestamps });
  },
});
