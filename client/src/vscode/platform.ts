/** The platform of the extension host, which may run on another machine than the window. */
import { release } from 'node:os';
import type { Platform } from '../ui/editor.ts';

export function platform(): Platform {
  switch (process.platform) {
    case 'darwin':
      return 'mac';
    case 'win32':
      return 'windows';
    default:
      return /microsoft/i.test(release()) ? 'wsl' : 'linux';
  }
}
