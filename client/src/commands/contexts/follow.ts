import { command } from '../command.ts';
import { windowContextKey } from '../../explorer/workspace-keys.ts';

export default command({
  title: 'Use Docker CLI Context',
  titleMenu: { on: ['contexts'], group: '4_engine' },
  async run(_, { editor, reconnect }) {
    await editor.setState(windowContextKey, '');
    await reconnect();
  },
});
