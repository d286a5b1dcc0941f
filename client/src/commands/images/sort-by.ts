import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseSetting } from '../../explorer/view-options.ts';

export default command({
  title: 'Sort Images By…',
  shortTitle: 'Sort By…',
  titleMenu: { on: ['images'], group: '1_look' },
  async run(_, { editor }) {
    await chooseSetting(editor, 'images.sortBy', {
      title: t('Sort Images By'),
      choices: [
        { label: t('Newest'), value: 'created' },
        { label: t('Name'), value: 'name' },
        { label: t('Size'), value: 'size' },
      ],
    });
  },
});
