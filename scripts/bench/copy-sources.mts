/** The files that the benchmark of copying copies. */
import { randomFillSync } from 'node:crypto';
import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes the sources `one`, `many` and `tree`: a large file, a folder with many small ones, and a tree like that of an installed
 * package manager.
 */
export async function writeSources(
  folder: string,
  { megabytes, files, treeFiles }: { readonly megabytes: number; readonly files: number; readonly treeFiles: number }, // prettier-ignore
): Promise<void> {
  await mkdir(path.join(folder, 'one'));
  const large = await open(path.join(folder, 'one/large'), 'w');
  for (let at = 0; at < megabytes; at++) await large.write(randomFillSync(Buffer.allocUnsafe(1 << 20))); // prettier-ignore
  await large.close();
  for (let index = 0; index < files; index++) {
    const directory = path.join(folder, 'many', `d${Math.floor(index / 200)}`);
    if (index % 200 === 0) await mkdir(directory, { recursive: true });
    await writeFile(path.join(directory, `file-${index}.txt`), Buffer.alloc(1000, `${index}\n`));
  }
  for (let index = 0; index < treeFiles; index++) {
    const pack = Math.floor(index / 40);
    const depth = pack % 6;
    const nested = Array.from({ length: depth }, (_, level) => `node_modules/dep-${pack % (level + 3)}`); // prettier-ignore
    const part = ['lib', 'dist/esm', 'dist/cjs/internal', '.'][index % 4] ?? '.';
    const directory = path.join(folder, 'tree/node_modules', `package-${pack}`, ...nested, part);
    if (index % 40 < 4) await mkdir(directory, { recursive: true });
    const size = [180, 900, 2400, 6000, 300, 14_000][index % 6] ?? 0;
    await writeFile(
      path.join(directory, `module-${index}.js`),
      Buffer.alloc(size, `// ${index}\n`),
    );
    if (index % 40 === 0) await symlink('../package.json', path.join(directory, 'link'));
  }
}
