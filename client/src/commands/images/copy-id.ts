import { command } from '../command.ts';

export default command({
  title: 'Copy Image ID',
  shortTitle: 'Copy ID',
  on: 'image',
  group: '3_copy',
  run: (images, { editor }) =>
    editor.copyToClipboard(images.map(({ image }) => image.id).join('\n')),
});
