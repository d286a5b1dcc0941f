import { command } from '../command.ts';

export default command({
  title: 'Copy Image ID',
  shortTitle: 'Copy ID',
  on: 'image',
  group: '3_copy',
  run: (images, { editor }) => editor.copyText(images.map(({ image }) => image.id).join('\n')),
});
