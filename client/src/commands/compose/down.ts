import { command } from '../command.ts';

export default command({
  title: 'Compose Down…',
  shortTitle: 'Down…',
  icon: 'trash',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 9,
  trusted: true,
  async run(containers, tools, files) {
    const { composeDown } = await import('../../compose/session.ts');
    await composeDown(tools, { containers, files });
  },
});
