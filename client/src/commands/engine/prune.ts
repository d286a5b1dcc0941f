import { command } from '../command.ts';
import { prune } from '../../prune/session.ts';

export default command({
  title: 'System Prune…',
  titleMenu: { on: ['containers', 'images'], group: '3_clean' },
  run: (_, tools) => prune(tools, ['container', 'network', 'volume', 'image', 'cache']),
});
