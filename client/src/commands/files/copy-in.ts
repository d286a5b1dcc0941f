import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Copy Files into This Directory…',
  shortTitle: 'Copy Files Here…',
  icon: 'arrow-up',
  on: 'file',
  needs: ['folder', 'changeable'],
  single: true,
  group: '3_copy',
  trusted: true,
  async run([directory], tools) {
    if (directory === undefined) return;
    const local = await tools.editor.chooseFiles(t('Copy Files to {0}', directory.name));
    if (local === undefined) return;
    const { copyDropped } = await import('../../copy/drop.ts');
    await copyDropped(tools, { local, remote: [], target: directory });
  },
});
