import { command } from '../command.ts';

export default command({
  title: 'Reconnect to Docker Engine',
  icon: 'plug',
  run: (_, { reconnect }) => reconnect(),
});
