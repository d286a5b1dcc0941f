import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Use Context for the docker Command…',
  shortTitle: 'Use for the docker Command…',
  on: 'context',
  needs: ['not-current'],
  single: true,
  group: '2_do',
  trusted: true,
  async run([context], { editor, contexts }) {
    if (context === undefined) return;
    const store = await contexts();
    const { name } = context;
    const sure = await editor.confirm(
      t('Let the docker command use {0} from now on?', name),
      t(
        'This changes config.json: every terminal, script and window on this machine that follows the docker command then speaks with {0}.',
        context.host,
      ),
      t('Use Everywhere'),
    );
    if (!sure) return;
    await store.useEverywhere(name);
    editor.refreshViews();
    const { override } = store;
    void editor.showInformation(
      override === undefined
        ? t('The docker command uses {0} now.', name)
        : t('{0} is written down, but {1} is set and counts more.', name, override),
    );
  },
});
