import { command } from '../command.ts';
import { chooseFilter } from '../../explorer/view-options.ts';

export default command({
  title: 'Filter Containers…',
  shortTitle: 'Filter…',
  icon: 'filter',
  titleOf: ['containers'],
  titleOrder: 2,
  run: (_, tools) => chooseFilter(tools, 'containers'),
});
