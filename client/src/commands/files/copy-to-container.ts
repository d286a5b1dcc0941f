import { command } from '../command.ts';

export default command({
  title: 'Copy Files from Here to Container…',
  shortTitle: 'Copy to Container…',
  on: 'file',
  group: '3_copy',
  async run(files, tools) {
    const { copyRowsAcross } = await import('../../copy/drop.ts');
    await copyRowsAcross(tools, files);
  },
});
