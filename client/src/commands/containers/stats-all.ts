import { command } from '../command.ts';
import { openStats } from '../../stats/session.ts';

export default command({
  title: 'Show Stats for All Containers',
  icon: 'graph-line',
  titleMenu: { on: ['containers'], group: '1_look' },
  run: (_, tools) => openStats(tools),
});
