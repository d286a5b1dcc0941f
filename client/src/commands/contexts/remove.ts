import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { windowContext } from '../../explorer/workspace-keys.ts';
import { named } from '../../ui/name-list.ts';

export default command({
  title: 'Remove Context…',
  shortTitle: 'Remove…',
  icon: 'trash',
  on: 'context',
  needs: ['own'],
  group: '5_remove',
  trusted: true,
  async run(contexts, { contexts: known, editor, reconnect }) {
    const current = contexts.find((context) => context.current);
    const detail = [
      t('Its address and its certificates are deleted from this machine; the engine there stays.'),
      ...(current === undefined
        ? []
        : [t('The docker command uses {0} now and will use default.', current.name)]),
    ];
    const question = t('Remove context {0}?', named(contexts));
    if (!(await editor.confirm(question, detail.join(' '), t('Remove')))) return;
    const store = await known();
    await each(contexts, ({ name }) =>
      attempt(t('{0} was not removed', name), () => store.remove(name)),
    );
    const chosen = editor.recall(windowContext);
    if (contexts.some(({ name }) => name === chosen)) {
      await editor.remember(windowContext, '');
      await reconnect();
    } else editor.refresh();
  },
});
