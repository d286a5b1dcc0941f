import { command } from '../command.ts';

export default command({
  title: 'Prune Containers…',
  titleMenu: { on: ['containers'], group: '3_clean' },
  async run(_, tools) {
    const { showPrune } = await import('../../prune/session.ts');
    await showPrune(tools, ['container']);
  },
});
