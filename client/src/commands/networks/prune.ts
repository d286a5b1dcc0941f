import { command } from '../command.ts';

export default command({
  title: 'Prune Networks…',
  titleMenu: { on: ['networks'], group: '3_clean' },
  async run(_, tools) {
    const { showPrune } = await import('../../prune/session.ts');
    await showPrune(tools, ['network']);
  },
});
