import { t } from '@vscode/l10n';
import { historyPage } from '../../inspect/image-history.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Show Image Layers',
  shortTitle: 'Show Layers',
  icon: 'layers',
  on: 'image',
  group: '1_open',
  async run(images, { engine: connected, editor }) {
    const engine = await connected();
    await runForEach(images, (reference) => {
      const name = imageLabel(reference);
      return attempt(t('Could not inspect {0}', name), async () => {
        const layers = await engine.history(reference.image.id);
        const file = t('Layers of {0}', name.replace(/[/:]/g, '-'));
        await editor.showMarkdown(file, historyPage(name, layers, new Date()));
      });
    });
  },
});
