import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Inspect Context',
  shortTitle: 'Inspect',
  icon: 'json',
  on: 'context',
  group: '1_open',
  async run(contexts, { contexts: known, editor }) {
    const store = await known();
    await each(contexts, ({ name }) =>
      attempt(t('{0} cannot be inspected', name), async () => {
        const details = await store.inspect(name);
        await editor.show(`${name}.json`, JSON.stringify(details, undefined, 2), 'json');
      }),
    );
  },
});
