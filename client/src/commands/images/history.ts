import { t } from '@vscode/l10n';
import { historyPage } from '../../inspect/image-history.ts';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Show Layers of Image',
  shortTitle: 'Show Layers',
  icon: 'layers',
  on: 'image',
  group: '1_open',
  async run(images, { engine: connected, editor }) {
    const engine = await connected();
    await each(images, (reference) => {
      const name = imageLabel(reference);
      return attempt(t('{0} cannot be inspected', name), async () => {
        const layers = await engine.history(reference.image.id);
        const file = t('Layers of {0}', name.replace(/[/:]/g, '-'));
        await editor.page(file, historyPage(name, layers, new Date()));
      });
    });
  },
});
