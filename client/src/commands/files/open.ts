import { t } from '@vscode/l10n';
import { formatSize } from '../../ui/format.ts';
import { command } from '../command.ts';

/** Larger files are not opened in an editor, which reads a file as a whole. */
const largestFile = 50 * 1024 * 1024;

export default command({
  title: 'Open File',
  shortTitle: 'Open',
  icon: 'go-to-file',
  on: 'file',
  needs: ['document'],
  group: '1_open',
  async run(files, { files: tools, editor }) {
    const session = await tools();
    for (const file of files) {
      const { entry } = await session.statTarget(file);
      if (entry.size !== undefined && entry.size > largestFile)
        await editor.showWarning(
          t('{0} is too large to open ({1}). Copy it to the workspace instead.', file.name, formatSize(entry.size)), // prettier-ignore
        );
      else await editor.openResource(await session.uriPath(file));
    }
  },
});
