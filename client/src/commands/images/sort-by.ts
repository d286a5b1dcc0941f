import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseLook } from '../../explorer/view-options.ts';

export default command({
  title: 'Sort Images By…',
  shortTitle: 'Sort By…',
  titleMenu: { on: ['images'], group: '1_look' },
  async run(_, { editor }) {
    await chooseLook(editor, 'images.sortBy', {
      title: t('Sort Images By'),
      choices: [
        { label: t('Newest'), value: 'created' },
        { label: t('Name'), value: 'name' },
        { label: t('Size'), value: 'size' },
      ],
    });
  },
});
