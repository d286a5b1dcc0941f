import { command } from '../command.ts';

export default command({
  title: 'Compose Restart',
  shortTitle: 'Restart',
  icon: 'debug-restart',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 3,
  trusted: true,
  async run(containers, tools, files) {
    const { composeStep } = await import('../../compose/session.ts');
    await composeStep(tools, 'restart', { containers, files });
  },
});
