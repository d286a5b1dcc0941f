import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Inspect Context',
  shortTitle: 'Inspect',
  icon: 'json',
  on: 'context',
  group: '1_open',
  async run(contexts, { contexts: known, editor }) {
    const store = await known();
    await runForEach(contexts, ({ name }) =>
      attempt(t('Could not inspect {0}', name), async () => {
        const details = await store.inspect(name);
        await editor.showDocument(`${name}.json`, JSON.stringify(details, undefined, 2), 'json');
      }),
    );
  },
});
