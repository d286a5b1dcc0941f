import { command } from '../command.ts';
import { connectToNetwork } from '../../networks/connect.ts';

export default command({
  title: 'Connect Containers to Network…',
  shortTitle: 'Connect Containers…',
  icon: 'plug',
  on: 'network',
  inline: 1,
  group: '0_daily',
  order: 1,
  single: true,
  trusted: true,
  async run([network], tools) {
    if (network !== undefined) await connectToNetwork(network, tools);
  },
});
