import { t } from '@vscode/l10n';
import { formatSize } from '../../ui/format.ts';
import { writeFileFromStream } from '../../engine/write-file.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatNames } from '../../ui/name-list.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Save Image to File…',
  icon: 'save',
  on: 'image',
  group: '2_do',
  async run(references, { engine: connected, editor }) {
    const names = references.map(imageLabel);
    const [first = 'image'] = names;
    const suggestion = `${names.length === 1 ? first.replace(/[/:]/g, '-') : 'images'}.tar`;
    const file = await editor.chooseSaveFile(t('Save {0}', formatNames(names)), suggestion);
    if (file === undefined) return;
    const engine = await connected();
    const written = await editor.withProgress(
      t('Saving {0}', formatNames(names)),
      (signal, report) =>
        attempt(t('Could not save {0}', formatNames(names)), () => {
          const chosen = references.map(({ tag, image }) => tag ?? image.id);
          return writeFileFromStream(file, engine.save(chosen, signal), {
            signal,
            report: (bytes) => report(formatSize(bytes)),
          });
        }),
    );
    void editor.showInformation(t('Saved to {0} ({1}).', file, formatSize(written)));
  },
});
