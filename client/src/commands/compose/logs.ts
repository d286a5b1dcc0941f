import { command } from '../command.ts';

export default command({
  title: 'Compose Logs',
  shortTitle: 'Logs',
  icon: 'output',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 4,
  trusted: true,
  async run(containers, tools, files) {
    const { containersForLogs } = await import('../../compose/session.ts');
    const { openLogs } = await import('../../logs/session.ts');
    openLogs(tools, await containersForLogs(tools, { containers, files }));
  },
});
