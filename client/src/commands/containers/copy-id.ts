import { command } from '../command.ts';

export default command({
  title: 'Copy Container ID',
  shortTitle: 'Copy ID',
  on: 'container',
  group: '3_copy',
  run: (containers, { editor }) =>
    editor.copyToClipboard(containers.map(({ id }) => id).join('\n')),
});
