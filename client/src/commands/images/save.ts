import { t } from '@vscode/l10n';
import { size } from '../../ui/format.ts';
import { writeStream } from '../../copy/file-stream.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { listed } from '../../ui/name-list.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Save Image to File…',
  shortTitle: 'Save to File…',
  icon: 'save',
  on: 'image',
  group: '2_do',
  async run(references, { engine: connected, editor }) {
    const names = references.map(imageLabel);
    const [first = 'image'] = names;
    const suggestion = `${names.length === 1 ? first.replace(/[/:]/g, '-') : 'images'}.tar`;
    const file = await editor.chooseNewFile(t('Save {0}', listed(names)), suggestion);
    if (file === undefined) return;
    const engine = await connected();
    const written = await editor.during(t('Saving {0}', listed(names)), (signal, report) =>
      attempt(t('{0} was not saved', listed(names)), () => {
        const chosen = references.map(({ tag, image }) => tag ?? image.id);
        return writeStream(engine.save(chosen, signal), file, (bytes) => report(size(bytes)));
      }),
    );
    void editor.tell(t('Saved to {0} · {1}', file, size(written)));
  },
});
