import { command } from '../command.ts';
import { chooseFilter } from '../../explorer/view-options.ts';

export default command({
  title: 'Filter Networks…',
  shortTitle: 'Filter…',
  icon: 'filter',
  titleMenu: { on: ['networks'], group: '1_look' },
  run: (_, tools) => chooseFilter(tools, 'networks'),
});
