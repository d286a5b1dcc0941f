import { command } from '../command.ts';

export default command({
  title: 'Bring Back Removed Container…',
  icon: 'discard',
  titleMenu: { on: ['containers'], group: '2_make' },
  trusted: true,
  async run(_, tools) {
    const { bringBack, chooseRemoved } = await import('../../recreate/session.ts');
    await bringBack(tools, await chooseRemoved(tools));
  },
});
