import { command } from '../command.ts';

export default command({
  title: 'System Prune…',
  titleMenu: { on: ['containers', 'images'], group: '3_clean' },
  async run(_, tools) {
    const { showPrune } = await import('../../prune/session.ts');
    await showPrune(tools, ['container', 'image', 'volume', 'network', 'cache']);
  },
});
