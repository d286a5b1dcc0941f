import { command } from '../command.ts';
import { connectContainers } from '../../networks/connect.ts';

export default command({
  title: 'Connect Container to Network…',
  shortTitle: 'Connect to Network…',
  on: 'container',
  needs: ['created|running|paused|exited|restarting'],
  group: '4_change',
  order: 5,
  trusted: true,
  run: (containers, tools) => connectContainers(containers, tools),
});
