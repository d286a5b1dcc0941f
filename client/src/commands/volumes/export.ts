import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { formatSize } from '../../ui/format.ts';
import { command } from '../command.ts';

export default command({
  title: 'Export Volume to File…',
  shortTitle: 'Export to File…',
  icon: 'save',
  on: 'volume',
  single: true,
  group: '2_do',
  async run([volume], { files: tools, editor }) {
    if (volume === undefined) return;
    const { name } = volume;
    const file = await editor.chooseSaveFile(t('Export {0}', name), `${name}.tar.gz`);
    if (file === undefined) return;
    const { exportVolume } = await import('../../files/volume-archive.ts');
    const session = await tools();
    const written = await editor.withProgress(t('Exporting {0}', name), (signal, report) =>
      attempt(t('Could not export {0}', name), () =>
        exportVolume(session, name, file, { signal, report: (bytes) => report(formatSize(bytes)) }),
      ),
    );
    void editor.showInformation(t('Saved to {0} ({1}).', file, formatSize(written)));
  },
});
