import { command } from '../command.ts';

export default command({
  title: 'Copy Container Name',
  shortTitle: 'Copy Name',
  on: 'container',
  group: '3_copy',
  run: (containers, { editor }) =>
    editor.copyToClipboard(containers.map(({ name }) => name).join('\n')),
});
