import { runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Attach to Container',
  shortTitle: 'Attach',
  icon: 'plug',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  order: 9,
  trusted: true,
  async run(containers, { engine: connected, editor }) {
    const { attachToContainer } = await import('../../shell/attach.ts');
    const engine = await connected();
    await runForEach(containers, (container) => attachToContainer(container, { engine, editor }));
  },
});
