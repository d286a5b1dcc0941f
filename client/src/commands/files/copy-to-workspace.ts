import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Copy Files to Workspace',
  shortTitle: 'Copy to Workspace',
  on: 'file',
  group: '3_copy',
  async run(files, tools) {
    const folder = tools.editor.firstWorkspaceFolder();
    if (folder === undefined) {
      await tools.editor.showInformation(t('Open a folder first to copy files to it.'));
      return;
    }
    const { copyRowsOut } = await import('../../copy/drop.ts');
    await copyRowsOut(tools, files, folder);
  },
});
