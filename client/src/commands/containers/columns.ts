import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseColumns } from '../../explorer/view-options.ts';

export default command({
  title: 'Configure Container Columns…',
  shortTitle: 'Configure Columns…',
  titleMenu: { on: ['containers'], group: '1_look' },
  run: (_, { editor }) =>
    chooseColumns(editor, 'containers.columns', {
      title: t('Container Columns'),
      choices: [
        { label: t('State'), value: 'state' },
        { label: t('Health'), value: 'health' },
        { label: t('Ports'), value: 'ports' },
        { label: t('Image'), value: 'image' },
        { label: t('Uptime'), value: 'uptime' },
        { label: t('Networks'), value: 'networks' },
        { label: t('Command'), value: 'command' },
        { label: t('Created'), value: 'created' },
        { label: t('ID'), value: 'id' },
      ],
    }),
});
