import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { formatNamesOf } from '../../ui/name-list.ts';
import { command } from '../command.ts';

export default command({
  title: 'Delete File in Container…',
  shortTitle: 'Delete…',
  icon: 'trash',
  on: 'file',
  needs: ['inside', 'changeable'],
  group: '5_remove',
  trusted: true,
  async run(files, { files: tools, editor }) {
    const [first] = files;
    if (first === undefined) return;
    const { place } = first;
    const where = place.kind === 'container' || place.kind === 'volume' ? place.name : '';
    const question =
      files.length === 1
        ? t('Delete {0} in {1}?', first.path, where)
        : t('Delete these files and directories in {0}: {1}?', where, formatNamesOf(files)); // prettier-ignore
    const hasFolder = files.some(({ entry }) => entry.kind === 'directory');
    const detail = hasFolder
      ? t('Directories are deleted with all files in them. This cannot be undone.')
      : t('This cannot be undone.');
    if (!(await editor.confirm(question, detail, t('Delete')))) return;
    const session = await tools();
    await runForEach(files, (file) =>
      attempt(t('Could not delete {0}', file.name), () =>
        session.delete(file, { recursive: true }),
      ),
    );
  },
});
