import { t } from '@vscode/l10n';
import { joinPath } from '../../engine/files/names.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { fileNameError } from '../../ui/file-name.ts';

export default command({
  title: 'New Directory in Container…',
  shortTitle: 'New Directory…',
  icon: 'new-folder',
  on: 'file',
  needs: ['folder', 'changeable'],
  single: true,
  group: '2_do',
  trusted: true,
  async run([directory], { files: tools, editor }) {
    if (directory === undefined) return;
    const title = t('New Directory in {0}', directory.name);
    const name = await editor.ask(title, { check: fileNameError });
    if (name === undefined) return;
    const session = await tools();
    await attempt(t('Could not create {0}', name), () =>
      session.createDirectory({ place: directory.place, path: joinPath(directory.path, name) }),
    );
  },
});
