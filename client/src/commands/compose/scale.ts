import { command } from '../command.ts';

export default command({
  title: 'Scale Compose Service…',
  shortTitle: 'Scale…',
  icon: 'multiple-windows',
  on: 'container',
  needs: ['composed'],
  groups: true,
  choosesItself: true,
  submenu: 'compose',
  order: 6,
  trusted: true,
  async run(containers, tools, files) {
    const { composeScale } = await import('../../compose/session.ts');
    await composeScale(tools, { containers, files });
  },
});
