import { t } from '@vscode/l10n';
import { attempt, each } from '../attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Inspect Container',
  shortTitle: 'Inspect',
  icon: 'json',
  on: 'container',
  group: '1_open',
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await each(containers, ({ id, name }) =>
      attempt(t('{0} cannot be inspected', name), async () => {
        const details = await engine.inspect('container', id);
        await editor.show(`${name}.json`, JSON.stringify(details, undefined, 2), 'json');
      }),
    );
  },
});
