import { command } from '../command.ts';

export default command({
  title: 'Pull Image and Recreate Container…',
  shortTitle: 'Pull Image and Recreate…',
  icon: 'cloud-download',
  on: 'container',
  needs: ['created|exited|dead|running|paused|restarting'],
  group: '4_change',
  trusted: true,
  async run(containers, tools) {
    const { pullAndRecreateContainers } = await import('../../recreate/session.ts');
    await pullAndRecreateContainers(containers, tools);
  },
});
