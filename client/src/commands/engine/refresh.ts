import { command } from '../command.ts';

export default command({
  title: 'Refresh Views',
  shortTitle: 'Refresh',
  icon: 'refresh',
  titleOf: ['containers', 'images', 'volumes', 'networks', 'contexts'],
  run(_, { editor }) {
    editor.refreshViews();
    return Promise.resolve();
  },
});
