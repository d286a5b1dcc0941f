import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseColumns } from '../../explorer/view-options.ts';

export default command({
  title: 'Configure Image Columns…',
  shortTitle: 'Configure Columns…',
  titleMenu: { on: ['images'], group: '1_look' },
  run: (_, { editor }) =>
    chooseColumns(editor, 'images.columns', {
      title: t('Image Columns'),
      choices: [
        { label: t('Size'), value: 'size' },
        { label: t('Created'), value: 'created' },
        { label: t('End of life'), value: 'endOfLife' },
        { label: t('Used by'), value: 'used' },
        { label: t('ID'), value: 'id' },
        { label: t('Digest'), value: 'digest' },
      ],
    }),
});
