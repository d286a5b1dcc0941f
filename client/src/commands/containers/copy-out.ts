import { command } from '../command.ts';

export default command({
  title: 'Copy Files from Container…',
  icon: 'arrow-down',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  single: true,
  group: '2_do',
  order: 2,
  async run([container], tools) {
    if (container === undefined) return;
    const { copyFilesOut } = await import('../../copy/actions.ts');
    await copyFilesOut(tools, container);
  },
});
