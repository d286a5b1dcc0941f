import { command } from '../command.ts';

export default command({
  title: 'Reconnect to Engine',
  icon: 'plug',
  run: (_, { reconnect }) => reconnect(),
});
