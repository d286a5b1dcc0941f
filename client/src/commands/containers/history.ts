import { command } from '../command.ts';

export default command({
  title: 'Show Container History',
  shortTitle: 'History',
  icon: 'history',
  on: 'container',
  group: '1_open',
  order: 5,
  async run(containers, tools) {
    const { showHistory } = await import('../../history/session.ts');
    await Promise.all(containers.map((container) => showHistory(container, tools)));
  },
});
