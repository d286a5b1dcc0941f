import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { chooseSetting } from '../../explorer/view-options.ts';

export default command({
  title: 'Group Containers By…',
  shortTitle: 'Group By…',
  titleMenu: { on: ['containers'], group: '1_look' },
  async run(_, { editor }) {
    const chosen = await chooseSetting(editor, 'containers.groupBy', {
      title: t('Group Containers By'),
      choices: [
        { label: t('Compose project'), value: 'project' },
        { label: t('State'), value: 'state' },
        { label: t('Image'), value: 'image' },
        { label: t('Network'), value: 'network' },
        { label: t('Label'), value: 'label' },
        { label: t('None'), value: 'none' },
      ],
    });
    if (chosen !== 'label') return;
    const current = editor.getSetting('containers.groupByLabel');
    const label = await editor.ask(t('Group Containers By Label'), {
      value: typeof current === 'string' ? current : '',
      placeholder: 'com.example.team',
      prompt: t('Name of the label to group by'),
    });
    if (label !== undefined) await editor.updateSetting('containers.groupByLabel', label.trim());
  },
});
