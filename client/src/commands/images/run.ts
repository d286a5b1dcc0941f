import { command } from '../command.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Run Image…',
  shortTitle: 'Run…',
  icon: 'play',
  on: 'image',
  inline: 1,
  group: '0_daily',
  order: 1,
  single: true,
  trusted: true,
  async run(images, tools) {
    const [image] = images;
    if (image === undefined) return;
    // The code of the form is loaded when it is first opened.
    const { runImage } = await import('../../run/session.ts');
    await runImage(imageLabel(image), tools);
  },
});
