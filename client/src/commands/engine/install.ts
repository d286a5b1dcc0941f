import { command } from '../command.ts';
import type { Platform } from '../../ui/editor.ts';

export default command({
  title: 'Open Docker Installation Guide',
  icon: 'link-external',
  run: (_, { editor }) => editor.openInBrowser(pages[editor.platform]),
});

const pages: Record<Platform, string> = {
  linux: 'https://docs.docker.com/engine/install/',
  wsl: 'https://docs.docker.com/desktop/features/wsl/',
  mac: 'https://docs.docker.com/desktop/setup/install/mac-install/',
  windows: 'https://docs.docker.com/desktop/setup/install/windows-install/',
};
