import { command } from '../command.ts';
import { chooseFilter } from '../../explorer/view-options.ts';

export default command({
  title: 'Filter Volumes…',
  shortTitle: 'Filter…',
  icon: 'filter',
  titleMenu: { on: ['volumes'], group: '1_look' },
  run: (_, tools) => chooseFilter(tools, 'volumes'),
});
