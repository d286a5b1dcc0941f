/** The program: `main` over the real process and the real files. */
import { readFileSync, realpathSync } from 'node:fs';
import { readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { main } from './main.ts';
import type { Io } from './io.ts';

const io: Io = {
  cwd: process.cwd(),
  colours: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  version: version(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  stdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  read: (file) => readFile(file),
  write: (file, text) => writeFile(file, text),
  kind: async (file) => {
    const found = await stat(file).catch(() => undefined);
    if (found === undefined) return undefined;
    return found.isDirectory() ? 'folder' : 'file';
  },
  list: (folder) => readdir(folder),
  real: (file) => realpath(file).catch(() => file),
};

// `drydock lint … | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2), io).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);

/** Of the package that the program lies in. */
function version(): string {
  let folder = path.dirname(realpathSync(process.argv[1] ?? '.'));
  for (;;) {
    try {
      const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
      return (JSON.parse(text) as { readonly version?: string }).version ?? '';
    } catch {
      const parent = path.dirname(folder);
      if (parent === folder) return '';
      folder = parent;
    }
  }
}
