/** A build context for tests of rules. */
import type { ContextName, ContextRoot, IgnoreFile } from '../server/src/lint/surroundings.ts';

/** A workspace folder that has these files. A path with a slash at its end is an empty directory. */
export function contextOf(paths: readonly string[], ignoreFile?: IgnoreFile): ContextRoot {
  return {
    ignoreFile,
    isWorkspace: true,
    list: (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      const names = new Map<string, ContextName>();
      for (const path of paths) {
        if (!path.startsWith(prefix) || path === prefix) continue;
        const [name = '', ...rest] = path.slice(prefix.length).split('/');
        names.set(name, { name, folder: rest.length > 0 });
      }
      return [...names.values()];
    },
  };
}
