import { command } from '../command.ts';

export default command({
  title: 'Copy Volume Name',
  shortTitle: 'Copy Name',
  on: 'volume',
  group: '3_copy',
  run: (volumes, { editor }) => editor.copyToClipboard(volumes.map(({ name }) => name).join('\n')),
});
