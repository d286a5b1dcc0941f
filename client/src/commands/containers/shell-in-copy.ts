import { command } from '../command.ts';

export default command({
  title: 'Attach Shell to Copy of Container…',
  shortTitle: 'Attach Shell to Copy…',
  icon: 'terminal',
  on: 'container',
  needs: ['created|exited|dead'],
  group: '1_open',
  order: 10,
  single: true,
  trusted: true,
  async run([container], { engine, editor }) {
    if (container === undefined) return;
    const { openShellInCopy } = await import('../../shell/shell-in-copy.ts');
    await openShellInCopy(container, { engine: await engine(), editor });
  },
});
