import { command } from '../command.ts';

export default command({
  title: 'Copy Path in Container',
  shortTitle: 'Copy Path',
  on: 'file',
  group: '3_copy',
  async run(files, { editor }) {
    await editor.copyToClipboard(files.map(({ path }) => path).join('\n'));
  },
});
