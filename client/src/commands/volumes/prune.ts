import { command } from '../command.ts';

export default command({
  title: 'Prune Volumes…',
  titleMenu: { on: ['volumes'], group: '3_clean' },
  async run(_, tools) {
    const { showPrune } = await import('../../prune/session.ts');
    await showPrune(tools, ['volume']);
  },
});
