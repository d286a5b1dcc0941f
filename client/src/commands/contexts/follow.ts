import { command } from '../command.ts';
import { windowContext } from '../../explorer/workspace-keys.ts';

export default command({
  title: 'Follow the Choice of the docker Command',
  titleMenu: { on: ['contexts'], group: '4_engine' },
  async run(_, { editor, reconnect }) {
    await editor.remember(windowContext, '');
    await reconnect();
  },
});
