import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseSetting } from '../../explorer/view-options.ts';

export default command({
  title: 'Group Images By…',
  shortTitle: 'Group By…',
  titleMenu: { on: ['images'], group: '1_look' },
  async run(_, { editor }) {
    await chooseSetting(editor, 'images.groupBy', {
      title: t('Group Images By'),
      choices: [
        { label: t('Repository'), value: 'repository' },
        { label: t('None'), value: 'none' },
      ],
    });
  },
});
