/** The files of a build context that say why a COPY failed. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../../engine/regular-file.ts';

/** Names that are compared with the missing one; the search ends after them. */
const mostNames = 5000;
const mostFolders = 500;

/** The ignore files that the builder may have used: that of the Dockerfile first. Those that do not exist are left out. */
export async function ignoreFiles(
  dockerfile: string,
  context: string,
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const paths = [`${dockerfile}.dockerignore`, join(context, '.dockerignore')];
  const files = await Promise.all(
    paths.map(async (path) => {
      const content = await readRegularFile(path).catch(() => undefined);
      return content === undefined ? [] : [{ path, text: new TextDecoder().decode(content) }];
    }),
  );
  return files.flat();
}

/** Paths relative to the build context, with `/`, the upper folders first; not all of a large one. */
export async function contextNames(context: string): Promise<readonly string[]> {
  const names: string[] = [];
  const folders = [''];
  for (let index = 0; index < folders.length && index < mostFolders; index++) {
    const folder = folders[index] ?? '';
    const entries = await readdir(join(context, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (names.length >= mostNames) return names;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      names.push(name);
      if (entry.isDirectory() && !['node_modules', '.git'].includes(entry.name)) folders.push(name);
    }
  }
  return names;
}
