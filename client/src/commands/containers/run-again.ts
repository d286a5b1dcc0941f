import { command } from '../command.ts';

export default command({
  title: 'Run Container Again with Changes…',
  shortTitle: 'Run Again with Changes…',
  icon: 'debug-rerun',
  on: 'container',
  group: '4_change',
  order: 3,
  single: true,
  trusted: true,
  async run(containers, tools) {
    const [container] = containers;
    if (container === undefined) return;
    const { runAgain } = await import('../../run/session.ts');
    await runAgain(container, tools);
  },
});
