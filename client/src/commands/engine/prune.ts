import { command } from '../command.ts';
import { prune } from '../../prune/session.ts';

export default command({
  title: 'Prune Everything Unused…',
  titleMenu: { on: ['containers', 'images'], group: '3_clean' },
  run: (_, tools) => prune(tools, ['container', 'network', 'volume', 'image', 'cache']),
});
