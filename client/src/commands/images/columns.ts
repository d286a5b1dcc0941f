import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseColumns } from '../../explorer/view-options.ts';

export default command({
  title: 'Show Facts of Images…',
  shortTitle: 'Show Facts…',
  titleMenu: { on: ['images'], group: '1_look' },
  run: (_, { editor }) =>
    chooseColumns(editor, 'images.columns', {
      title: t('What stands behind the name of an image?'),
      choices: [
        { label: t('Size'), value: 'size' },
        { label: t('Created'), value: 'created' },
        { label: t('Past its end of life'), value: 'endOfLife' },
        { label: t('Used by'), value: 'used' },
        { label: t('Id'), value: 'id' },
        { label: t('Digest'), value: 'digest' },
      ],
    }),
});
