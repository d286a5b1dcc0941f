import { command } from '../command.ts';
import { printLogs } from '../../logs/log-terminal.ts';

export default command({
  title: 'View Logs',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  inline: 3,
  group: '1_open',
  groups: true,
  run: (containers, tools) => printLogs(tools, containers, { tail: 1000, timestamps: false }),
});
