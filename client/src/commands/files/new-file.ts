import { t } from '@vscode/l10n';
import { joinPath } from '../../engine/files/names.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { fileNameError } from '../../ui/file-name.ts';

export default command({
  title: 'New File in Container…',
  shortTitle: 'New File…',
  icon: 'new-file',
  on: 'file',
  needs: ['folder', 'changeable'],
  single: true,
  inline: 1,
  group: '2_do',
  trusted: true,
  async run([directory], { files: tools, editor }) {
    if (directory === undefined) return;
    const name = await editor.ask(t('New File in {0}', directory.name), { check: fileNameError });
    if (name === undefined) return;
    const session = await tools();
    const file = { place: directory.place, path: joinPath(directory.path, name) };
    await attempt(t('Could not create {0}', name), async () => {
      const { entries } = await session.list(directory);
      // An existing file is opened, and not emptied.
      if (!entries.some((entry) => entry.name === name))
        await session.write(file, new Uint8Array());
    });
    await editor.openResource(await session.uriPath(file));
  },
});
