import { command } from '../command.ts';
import { disconnectFromNetwork } from '../../networks/connect.ts';

export default command({
  title: 'Disconnect Containers from Network…',
  shortTitle: 'Disconnect Containers…',
  on: 'network',
  needs: ['used'],
  group: '0_daily',
  order: 2,
  single: true,
  trusted: true,
  async run([network], tools) {
    if (network !== undefined) await disconnectFromNetwork(network, tools);
  },
});
