import { command } from '../command.ts';

export default command({
  title: 'Create Volume with Options…',
  titleMenu: { on: ['volumes'], group: '2_make' },
  async run(_, tools) {
    const { createVolume } = await import('../../create/session.ts');
    await createVolume(tools);
  },
});
