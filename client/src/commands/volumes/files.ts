import { command } from '../command.ts';

export default command({
  title: 'Show Volume Files',
  shortTitle: 'Files',
  icon: 'folder-opened',
  on: 'volume',
  group: '0_daily',
  order: 1,
  single: true,
  async run([volume], { editor }) {
    if (volume !== undefined) await editor.showVolumeFiles(volume.name);
  },
});
