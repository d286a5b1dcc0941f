import { command } from '../command.ts';
import { askReference, pull } from '../../registry/pull.ts';

export default command({
  title: 'Pull Image…',
  icon: 'cloud-download',
  titleOf: ['images'],
  async run(_, tools) {
    const reference = await askReference(tools);
    if (reference !== undefined) await pull(tools, reference);
  },
});
