import { command } from '../command.ts';

export default command({
  title: 'Compose Up',
  shortTitle: 'Up',
  icon: 'play',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 1,
  trusted: true,
  async run(containers, tools, files) {
    const { composeStep } = await import('../../compose/session.ts');
    await composeStep(tools, 'up', { containers, files });
  },
});
