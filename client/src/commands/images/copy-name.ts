import { command } from '../command.ts';

export default command({
  title: 'Copy Image Name',
  shortTitle: 'Copy Name',
  on: 'image',
  needs: ['tagged'],
  group: '3_copy',
  run: (images, { editor }) =>
    editor.copyToClipboard(images.map(({ image, tag }) => tag ?? image.id).join('\n')),
});
