import { displayName, nameOf } from '../../engine/files/names.ts';
import { command } from '../command.ts';

export default command({
  title: 'Open as Workspace Folder',
  icon: 'root-folder-opened',
  on: 'file',
  needs: ['folder', 'root|inside'],
  single: true,
  group: '1_open',
  async run([directory], { files: tools, editor }) {
    if (directory === undefined) return;
    const session = await tools();
    const { place, path } = directory;
    const name = path === '/' ? place.name : `${displayName(nameOf(path))} (${place.name})`;
    await editor.addWorkspaceFolder(await session.uriPath(directory), name);
  },
});
