import { runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Attach Shell',
  shortTitle: 'Shell',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  inline: 2,
  group: '0_daily',
  order: 2,
  trusted: true,
  async run(containers, { engine: connected, editor }) {
    const { attachShell } = await import('../../shell/open-shell.ts');
    const engine = await connected();
    await runForEach(containers, (container) => attachShell(container, { engine, editor }));
  },
});
