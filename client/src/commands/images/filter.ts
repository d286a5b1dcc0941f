import { command } from '../command.ts';
import { chooseFilter } from '../../explorer/view-options.ts';

export default command({
  title: 'Filter Images…',
  shortTitle: 'Filter…',
  icon: 'filter',
  titleMenu: { on: ['images'], group: '1_look' },
  run: (_, tools) => chooseFilter(tools, 'images'),
});
