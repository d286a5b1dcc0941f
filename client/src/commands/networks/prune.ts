import { command } from '../command.ts';
import { prune } from '../../prune/session.ts';

export default command({
  title: 'Prune Networks…',
  titleMenu: { on: ['networks'], group: '3_clean' },
  run: (_, tools) => prune(tools, ['network']),
});
