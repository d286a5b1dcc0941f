import { command } from '../command.ts';
import { chooseFilter } from '../../explorer/view-options.ts';

export default command({
  title: 'Filter Containers…',
  shortTitle: 'Filter…',
  icon: 'filter',
  titleMenu: { on: ['containers'], group: '1_look' },
  run: (_, tools) => chooseFilter(tools, 'containers'),
});
