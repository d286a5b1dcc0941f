import { command } from '../command.ts';
import { prune } from '../../prune/session.ts';

export default command({
  title: 'Prune Containers…',
  titleMenu: { on: ['containers'], group: '3_clean' },
  run: (_, tools) => prune(tools, ['container']),
});
