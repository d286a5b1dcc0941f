import { command } from '../command.ts';

export default command({
  title: 'View Logs',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  inline: 3,
  group: '1_open',
  groups: true,
  async run(containers, tools) {
    const { openLogs } = await import('../../logs/session.ts');
    openLogs(tools, containers);
  },
});
