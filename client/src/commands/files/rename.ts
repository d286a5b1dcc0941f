import { t } from '@vscode/l10n';
import { isPlainText, joinPath, nameOf, parentOf } from '../../engine/files/names.ts';
import { attempt } from '../../ui/attempt.ts';
import { fileNameError } from '../../ui/file-name.ts';
import { command } from '../command.ts';

export default command({
  title: 'Rename File in Container…',
  shortTitle: 'Rename…',
  on: 'file',
  needs: ['inside', 'changeable'],
  single: true,
  group: '4_change',
  trusted: true,
  async run([file], { files: tools, editor }) {
    if (file === undefined) return;
    const old = nameOf(file.path);
    // A name that is not UTF-8 cannot be typed.
    const value = isPlainText(old) ? { value: old } : {};
    const name = await editor.ask(t('Rename {0}', file.name), { ...value, check: fileNameError });
    if (name === undefined || name === old) return;
    const session = await tools();
    const target = joinPath(parentOf(file.path), name);
    await attempt(t('Could not rename {0}', file.name), () =>
      session.rename(file, target, { overwrite: false }),
    );
  },
});
