import { command } from '../command.ts';

export default command({
  title: 'Copy Files to Folder…',
  shortTitle: 'Copy to Folder…',
  icon: 'arrow-down',
  on: 'file',
  group: '3_copy',
  async run(files, tools) {
    const { copyRowsOut } = await import('../../copy/drop.ts');
    await copyRowsOut(tools, files);
  },
});
