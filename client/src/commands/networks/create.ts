import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { networkNameError, subnetError } from '../../create/checks.ts';
import { command } from '../command.ts';

export default command({
  title: 'Create Network…',
  icon: 'add',
  titleOf: ['networks'],
  async run(_, { engine: connected, editor }) {
    const engine = await connected();
    const taken = new Set((await engine.networks()).map(({ name }) => name));
    const typed = await editor.ask(t('Create Network'), {
      prompt: t('Name of the network'),
      check: (text) => networkNameError(text.trim(), taken),
    });
    if (typed === undefined) return;
    const name = typed.trim();
    const range = await editor.ask(t('Create Network {0}: Subnet', name), {
      placeholder: '172.28.0.0/16',
      prompt: t('Leave empty to let the engine choose a free subnet'),
      check: subnetError,
    });
    if (range === undefined) return;
    const subnet = range.trim();
    await attempt(t('Could not create {0}', name), () =>
      engine.createNetwork({ name, ...(subnet !== '' && { subnet }) }),
    );
  },
});
