import { command } from '../command.ts';
import { openStats } from '../../stats/session.ts';

export default command({
  title: 'Show Container Stats',
  shortTitle: 'Show Stats',
  icon: 'graph-line',
  on: 'container',
  needs: ['running|paused'],
  group: '1_open',
  order: 2,
  groups: true,
  run: (containers, tools) => openStats(tools, containers),
});
