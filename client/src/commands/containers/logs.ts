import { command } from '../command.ts';

export default command({
  title: 'View Logs',
  shortTitle: 'Logs',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  inline: 1,
  group: '0_daily',
  order: 1,
  groups: true,
  async run(containers, tools) {
    const { openLogs } = await import('../../logs/session.ts');
    openLogs(tools, containers);
  },
});
