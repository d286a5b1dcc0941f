import { command } from '../command.ts';

export default command({
  title: 'Update Resource Limits…',
  icon: 'settings',
  on: 'container',
  group: '4_change',
  order: 2,
  single: true,
  trusted: true,
  async run(containers, tools) {
    const [container] = containers;
    if (container === undefined) return;
    const { updateLimits } = await import('../../update/session.ts');
    await updateLimits(container, tools);
  },
});
