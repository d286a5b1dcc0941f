import { t } from '@vscode/l10n';
import { baseName } from '../../ui/paths.ts';
import { command } from '../command.ts';

export default command({
  title: 'Compare with Workspace File…',
  on: 'file',
  needs: ['document'],
  single: true,
  group: '1_open',
  async run([file], { files: tools, editor }) {
    if (file === undefined) return;
    const other = await editor.chooseFile(t('Compare {0} with', file.name));
    if (other === undefined) return;
    const session = await tools();
    const resource = await session.uriPath(file);
    const title = `${baseName(other)} ↔ ${file.name}`;
    await editor.compareFiles({ file: other }, { resource }, title);
  },
});
