import { command } from '../command.ts';
import { prune } from '../../prune/session.ts';

export default command({
  title: 'Prune Volumes…',
  titleMenu: { on: ['volumes'], group: '3_clean' },
  run: (_, tools) => prune(tools, ['volume']),
});
