import { command } from '../command.ts';

export default command({
  title: 'Compose Build',
  shortTitle: 'Build',
  icon: 'package',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 8,
  trusted: true,
  async run(containers, tools, files) {
    const { composeStep } = await import('../../compose/session.ts');
    await composeStep(tools, 'build', { containers, files });
  },
});
