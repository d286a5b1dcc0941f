import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseLook } from '../../explorer/view-options.ts';

export default command({
  title: 'Group Containers By…',
  shortTitle: 'Group By…',
  titleMenu: { on: ['containers'], group: '1_look' },
  async run(_, { editor }) {
    const chosen = await chooseLook(editor, 'containers.groupBy', {
      title: t('Group Containers By'),
      choices: [
        { label: t('Compose project'), value: 'project' },
        { label: t('State'), value: 'state' },
        { label: t('Image'), value: 'image' },
        { label: t('Network'), value: 'network' },
        { label: t('Label'), value: 'label' },
        { label: t('Nothing'), value: 'none' },
      ],
    });
    if (chosen !== 'label') return;
    const present = editor.preference('containers.groupByLabel');
    const label = await editor.ask(t('Group Containers By Label'), {
      value: typeof present === 'string' ? present : '',
      placeholder: 'com.example.team',
      prompt: t('Name of the label whose values become groups'),
    });
    if (label !== undefined) await editor.prefer('containers.groupByLabel', label.trim());
  },
});
