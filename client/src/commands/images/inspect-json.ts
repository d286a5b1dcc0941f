import { command } from '../command.ts';
import { inspectAll } from '../../inspect/documents.ts';
import { imageLabel } from '../../registry/image-reference.ts';

export default command({
  title: 'Inspect Image as JSON',
  shortTitle: 'Inspect as JSON',
  icon: 'json',
  on: 'image',
  group: '1_open',
  run: (images, tools) =>
    inspectAll(
      tools,
      images.map((one) => ({ id: one.image.id, name: imageLabel(one) })),
      { objectType: 'image', format: 'json' },
    ),
});
