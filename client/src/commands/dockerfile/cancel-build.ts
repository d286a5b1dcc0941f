import { command } from '../command.ts';

export default command({
  title: 'Cancel Build',
  icon: 'stop-circle',
  async run(_, { builds }, { paths }) {
    await (await builds()).cancel(paths[0]);
  },
});
