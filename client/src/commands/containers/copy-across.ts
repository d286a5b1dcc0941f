import { command } from '../command.ts';

export default command({
  title: 'Copy Files to Another Container…',
  icon: 'arrow-swap',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  single: true,
  group: '2_do',
  order: 3,
  async run([container], tools) {
    if (container === undefined) return;
    const { copyFilesAcross } = await import('../../copy/actions.ts');
    await copyFilesAcross(tools, container);
  },
});
