import { command } from '../command.ts';

export default command({
  title: 'Run Command in Container…',
  shortTitle: 'Run Command…',
  icon: 'play',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  order: 8,
  single: true,
  trusted: true,
  async run([container], { engine, editor }) {
    if (container === undefined) return;
    const { runCommand } = await import('../../shell/run-command.ts');
    await runCommand(container, { engine: await engine(), editor });
  },
});
