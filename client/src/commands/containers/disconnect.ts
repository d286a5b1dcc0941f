import { command } from '../command.ts';
import { disconnectContainer } from '../../networks/connect.ts';

export default command({
  title: 'Disconnect Container from Network…',
  shortTitle: 'Disconnect from Network…',
  on: 'container',
  needs: ['created|running|paused|exited|restarting'],
  group: '4_change',
  order: 6,
  single: true,
  trusted: true,
  async run([container], tools) {
    if (container !== undefined) await disconnectContainer(container, tools);
  },
});
