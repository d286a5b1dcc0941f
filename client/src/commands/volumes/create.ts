import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { volumeNameError } from '../../create/checks.ts';
import { command } from '../command.ts';

export default command({
  title: 'Create Volume…',
  icon: 'add',
  titleOf: ['volumes'],
  async run(_, { engine: connected, editor }) {
    const engine = await connected();
    const taken = new Set((await engine.volumes()).map(({ name }) => name));
    const typed = await editor.ask(t('Create Volume'), {
      prompt: t('Name of the volume'),
      check: (text) => volumeNameError(text.trim(), taken),
    });
    if (typed === undefined) return;
    const name = typed.trim();
    await attempt(t('Could not create {0}', name), () => engine.createVolume({ name }));
  },
});
