import { command } from '../command.ts';
import { windowContextKey } from '../../explorer/workspace-keys.ts';

export default command({
  title: 'Use Context in This Window',
  shortTitle: 'Use in This Window',
  icon: 'plug',
  on: 'context',
  needs: ['idle'],
  single: true,
  inline: 1,
  group: '2_do',
  trusted: true,
  async run([context], { editor, reconnect }) {
    if (context === undefined) return;
    await editor.setState(windowContextKey, context.name);
    await reconnect();
  },
});
