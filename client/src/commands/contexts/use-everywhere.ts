import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Set Default Docker Context…',
  shortTitle: 'Set as Default Context…',
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
      t('Set {0} as the default Docker context?', name),
      t(
        'This changes config.json: terminals, scripts and windows that use the default context will connect to {0}.',
        context.host,
      ),
      t('Set as Default'),
    );
    if (!sure) return;
    await store.setDefault(name);
    editor.refreshViews();
    const { override } = store;
    void editor.showInformation(
      override === undefined
        ? t('{0} is now the default Docker context.', name)
        : t(
            '{0} is now the default Docker context, but {1} is set and takes precedence.',
            name,
            override,
          ),
    );
  },
});
