import { command } from '../command.ts';

export default command({
  title: 'Compose Pull',
  shortTitle: 'Pull',
  icon: 'cloud-download',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 7,
  trusted: true,
  async run(containers, tools, files) {
    const { composeStep } = await import('../../compose/session.ts');
    await composeStep(tools, 'pull', { containers, files });
  },
});
