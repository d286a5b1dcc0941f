import { t } from '@vscode/l10n';
import { readStream, sizeOf } from '../../copy/file-stream.ts';
import { formatTransferred } from '../../copy/messages.ts';
import { attempt } from '../../ui/attempt.ts';
import { baseName } from '../../ui/paths.ts';
import { command } from '../command.ts';

export default command({
  title: 'Import Volume from File…',
  shortTitle: 'Import from File…',
  on: 'volume',
  single: true,
  group: '2_do',
  trusted: true,
  async run([volume], { files: tools, editor }) {
    if (volume === undefined) return;
    const { name } = volume;
    const file = await editor.chooseFile(t('Import into {0}', name), ['tar', 'gz', 'tgz', 'xz', 'bz2']); // prettier-ignore
    if (file === undefined) return;
    const session = await tools();
    const root = { place: { kind: 'volume', name }, path: '/' } as const;
    const { entries } = await attempt(t('Could not read {0}', name), () => session.list(root));
    if (entries.length > 0) {
      const question = t('Import {0} into volume {1}?', baseName(file), name);
      const detail = t('The volume is not empty. Files with the same names are replaced.');
      if (!(await editor.confirm(question, detail, t('Import')))) return;
    }
    const { importVolume } = await import('../../files/volume-archive.ts');
    await editor.withProgress(t('Importing {0}', baseName(file)), (signal, report) =>
      attempt(t('Could not import {0}', baseName(file)), async () => {
        const total = await sizeOf(file);
        const open = () => readStream(file, (bytes) => report(...formatTransferred(bytes, total)));
        await importVolume(session, name, open, signal);
      }),
    );
    session.announce(root);
  },
});
