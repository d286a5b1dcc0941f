import { command } from '../command.ts';

export default command({
  title: 'Create Network with Options…',
  titleMenu: { on: ['networks'], group: '2_make' },
  async run(_, tools) {
    const { createNetwork } = await import('../../create/session.ts');
    await createNetwork(tools);
  },
});
