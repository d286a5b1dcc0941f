import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { printLogs } from '../../logs/log-terminal.ts';
import type { LogOptions } from '../../logs/log-lines.ts';

export default command({
  title: 'Show Logs From…',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  group: '1_open',
  groups: true,
  async run(containers, tools) {
    const tail = await tools.editor.pick<number>(t('Show Logs From'), [
      { label: t('The last 100 lines'), value: 100 },
      { label: t('The last 10,000 lines'), value: 10_000 },
      { label: t('The beginning'), value: Infinity },
      { label: t('Now on'), value: 0 },
    ]);
    if (tail === undefined) return;
    const timestamps = await tools.editor.pick<LogOptions['timestamps']>(t('Lines of the Log'), [
      { label: t('As they were printed'), value: false },
      { label: t('With the time of each'), value: true },
    ]);
    if (timestamps !== undefined) await printLogs(tools, containers, { tail, timestamps });
  },
});
