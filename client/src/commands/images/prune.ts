import { command } from '../command.ts';
import { prune } from '../../prune/session.ts';

export default command({
  title: 'Prune Images…',
  titleMenu: { on: ['images'], group: '3_clean' },
  run: (_, tools) => prune(tools, ['image']),
});
