import { command } from '../command.ts';

export default command({
  title: 'Show Build',
  icon: 'output',
  async run(_, { builds }, { paths }) {
    await (await builds()).show(paths[0]);
  },
});
