import { command } from '../command.ts';

export default command({
  title: 'Copy Network Name',
  shortTitle: 'Copy Name',
  on: 'network',
  group: '3_copy',
  run: (networks, { editor }) =>
    editor.copyToClipboard(networks.map(({ name }) => name).join('\n')),
});
