import { t } from '@vscode/l10n';
import type { FileSubject } from '../../explorer/item.ts';
import { largestFile } from '../../ui/files.ts';
import { formatSize } from '../../ui/format.ts';
import type { Tools } from '../../ui/tools.ts';
import { command } from '../command.ts';

export default command({
  title: 'Open File',
  shortTitle: 'Open',
  icon: 'go-to-file',
  on: 'file',
  needs: ['document'],
  group: '1_open',
  async run(files, tools) {
    const { editor } = tools;
    const session = await tools.files();
    for (const file of files) {
      const { entry } = await session.statTarget(file);
      if (entry.size !== undefined && entry.size > largestFile)
        await offerCopy(tools, file, entry.size);
      else await editor.openResource(await session.uriPath(file));
    }
  },
});

async function offerCopy(tools: Tools, file: FileSubject, size: number): Promise<void> {
  const { editor } = tools;
  const workspace = editor.firstWorkspaceFolder();
  const [toWorkspace, saveAs] = [t('Copy to Workspace'), t('Save As…')];
  const pressed = await editor.showWarning(
    t('{0} is too large to open in an editor ({1}).', file.name, formatSize(size)),
    ...(workspace === undefined ? [] : [toWorkspace]),
    saveAs,
  );
  if (pressed === undefined) return;
  const target = pressed === saveAs ? await editor.chooseSaveFile(t('Save {0}', file.name), file.name) : workspace; // prettier-ignore
  if (target === undefined) return;
  const { copyRowsOut } = await import('../../copy/drop.ts');
  await copyRowsOut(tools, [file], target);
}
