import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseSetting } from '../../explorer/view-options.ts';

export default command({
  title: 'Sort Containers By…',
  shortTitle: 'Sort By…',
  titleMenu: { on: ['containers'], group: '1_look' },
  async run(_, { editor }) {
    await chooseSetting(editor, 'containers.sortBy', {
      title: t('Sort Containers By'),
      choices: [
        { label: t('State, then newest'), value: 'state' },
        { label: t('Name'), value: 'name' },
        { label: t('Newest'), value: 'created' },
        { label: t('Image'), value: 'image' },
      ],
    });
  },
});
