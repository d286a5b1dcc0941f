import { command } from '../command.ts';

export default command({
  title: 'Attach Shell with Options…',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  order: 7,
  single: true,
  trusted: true,
  async run([container], { engine, editor }) {
    if (container === undefined) return;
    const { pickShell } = await import('../../shell/shell-picker.ts');
    await pickShell(container, { engine: await engine(), editor });
  },
});
