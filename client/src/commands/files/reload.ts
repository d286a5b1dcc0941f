import { command } from '../command.ts';

export default command({
  title: 'Reload Files of Directory',
  shortTitle: 'Reload',
  icon: 'refresh',
  on: 'file',
  needs: ['folder'],
  inline: 2,
  group: '1_open',
  async run(directories, { files: tools }) {
    const session = await tools();
    for (const directory of directories) session.announce(directory);
  },
});
