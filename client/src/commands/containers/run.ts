import { command } from '../command.ts';

export default command({
  title: 'Run Container…',
  shortTitle: 'Run…',
  icon: 'play',
  titleOf: ['containers'],
  titleOrder: 1,
  trusted: true,
  async run(_, tools) {
    // The code of the form is loaded when it is first opened.
    const { runImage } = await import('../../run/session.ts');
    await runImage('', tools);
  },
});
