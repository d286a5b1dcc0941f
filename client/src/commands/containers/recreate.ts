import { command } from '../command.ts';

export default command({
  title: 'Recreate with Newer Image…',
  icon: 'sync',
  on: 'container',
  needs: ['outdated'],
  group: '4_change',
  order: 1,
  groups: true,
  trusted: true,
  async run(containers, tools) {
    const { recreateContainers } = await import('../../recreate/session.ts');
    await recreateContainers(containers, tools);
  },
});
