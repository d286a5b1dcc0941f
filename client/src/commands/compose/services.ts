import { command } from '../command.ts';

export default command({
  title: 'Compose Services…',
  shortTitle: 'Services…',
  icon: 'list-selection',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 5,
  trusted: true,
  async run(containers, tools, files) {
    const { composeServices } = await import('../../compose/session.ts');
    const chosen = await composeServices(tools, { containers, files });
    if (chosen.length === 0) return;
    const { openLogs } = await import('../../logs/session.ts');
    openLogs(tools, chosen);
  },
});
