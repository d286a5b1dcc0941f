import { command } from '../command.ts';
import { openShellInCopy } from '../../shell/shell-in-copy.ts';

export default command({
  title: 'Attach Shell to Copy of Container…',
  shortTitle: 'Attach Shell to Copy…',
  icon: 'terminal',
  on: 'container',
  needs: ['created|exited|dead'],
  group: '1_open',
  single: true,
  trusted: true,
  async run([container], { engine, editor }) {
    if (container !== undefined)
      await openShellInCopy(container, { engine: await engine(), editor });
  },
});
