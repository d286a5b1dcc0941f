import { command } from '../command.ts';

export default command({
  title: 'Open Tool Shell…',
  icon: 'tools',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  order: 11,
  single: true,
  trusted: true,
  async run([container], { engine, editor }) {
    if (container === undefined) return;
    const { openToolShell } = await import('../../shell/tool-shell.ts');
    await openToolShell(container, { engine: await engine(), editor });
  },
});
