import { command } from '../command.ts';

export default command({
  title: 'Prune Images…',
  titleMenu: { on: ['images'], group: '3_clean' },
  async run(_, tools) {
    const { showPrune } = await import('../../prune/session.ts');
    await showPrune(tools, ['image']);
  },
});
