import { command } from '../command.ts';

export default command({
  title: 'Compose Up with Options…',
  shortTitle: 'Up with Options…',
  icon: 'settings',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 2,
  trusted: true,
  async run(containers, tools, files) {
    const { composeUpWithOptions } = await import('../../compose/session.ts');
    await composeUpWithOptions(tools, { containers, files });
  },
});
