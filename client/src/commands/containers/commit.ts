import { command } from '../command.ts';

export default command({
  title: 'Commit Container to Image…',
  icon: 'save-as',
  on: 'container',
  group: '4_change',
  order: 4,
  single: true,
  trusted: true,
  async run(containers, tools) {
    const [container] = containers;
    if (container === undefined) return;
    const { commitContainer } = await import('../../commit/session.ts');
    await commitContainer(container, tools);
  },
});
