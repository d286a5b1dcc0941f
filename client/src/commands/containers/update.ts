import { command } from '../command.ts';

export default command({
  title: 'Change Limits…',
  icon: 'settings',
  on: 'container',
  group: '4_change',
  single: true,
  trusted: true,
  async run(containers, tools) {
    const [container] = containers;
    if (container === undefined) return;
    const { changeLimits } = await import('../../update/session.ts');
    await changeLimits(container, tools);
  },
});
