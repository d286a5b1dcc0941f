import { command } from '../command.ts';

export default command({
  title: 'Copy Container Name',
  shortTitle: 'Copy Name',
  on: 'container',
  group: '3_copy',
  run: (containers, { editor }) => editor.copyText(containers.map(({ name }) => name).join('\n')),
});
