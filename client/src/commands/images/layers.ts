import { command } from '../command.ts';
import { runForEach } from '../../ui/attempt.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Show Image Layers',
  shortTitle: 'Show Layers',
  icon: 'layers',
  on: 'image',
  group: '0_daily',
  order: 2,
  formerId: 'images.history',
  async run(images, tools) {
    const { openLayers } = await import('../../layers/open.ts');
    await runForEach(images, (one) =>
      openLayers(tools, { id: one.image.id, name: imageLabel(one) }),
    );
  },
});
