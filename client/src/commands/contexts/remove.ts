import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { windowContextKey } from '../../explorer/workspace-keys.ts';
import { formatNamesOf } from '../../ui/name-list.ts';

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
      t(
        'The address and certificates will be deleted from this machine. The engine is not affected.',
      ),
      ...(current === undefined
        ? []
        : [t('The default Docker context changes from {0} to default.', current.name)]),
    ];
    const names = formatNamesOf(contexts);
    const question =
      contexts.length === 1
        ? t('Remove context {0}?', names)
        : t('Remove {0} contexts: {1}?', contexts.length, names);
    if (!(await editor.confirm(question, detail.join(' '), t('Remove')))) return;
    const store = await known();
    await runForEach(contexts, ({ name }) =>
      attempt(t('Could not remove {0}', name), () => store.remove(name)),
    );
    const windowContext = editor.getState(windowContextKey);
    if (contexts.some(({ name }) => name === windowContext)) {
      await editor.setState(windowContextKey, '');
      await reconnect();
    } else editor.refreshViews();
  },
});
