import { runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Attach Visual Studio Code',
  icon: 'vm-connect',
  on: 'container',
  needs: ['running'],
  group: '1_open',
  order: 6,
  onlyWhen: 'drydock.devContainers',
  trusted: true,
  async run(containers, tools) {
    const { attachWindow } = await import('../../dev-containers/actions.ts');
    const { findAddress } = await import('../../engine/docker-cli/address-lookup.ts');
    await runForEach(containers, (container) =>
      attachWindow(container, tools, () => findAddress('')),
    );
  },
});
