/** The program: `main` with the real process and the real file system. */
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.ts';
import type { Io } from './io.ts';
import { showsColors, write } from './output.ts';
import { areMany, checkMany, isWorker, serveMain, workerArgument } from './workers.ts';

const io: Io = {
  cwd: process.cwd(),
  colors: showsColors(1),
  get version() {
    return version();
  },
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  stdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  read: (file) => synchronously(() => readFileSync(file)),
  write: (file, text) => synchronously(() => writeFileSync(file, text)),
  kind: (file) => synchronously(() => kindOf(file)).catch(() => undefined),
  list: (folder) => synchronously(() => readdirSync(folder)),
  spread: (args, sources) =>
    areMany(sources.length) && !args.paths.includes('-')
      ? checkMany(program(), args, { sources, io })
      : undefined,
  // Loaded on demand: it starts processes, and loading node:child_process takes a tenth of the time of a small file.
  shellcheck: async (path, warn) =>
    (await import('../shellcheck/program.ts')).findShellCheck(path, warn),
  real: (file) => synchronously(() => realpathSync(file)).catch(() => file),
};

if (process.argv[2] === workerArgument && isWorker()) void serveMain(io);
else
  main(process.argv.slice(2), io).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 2;
    },
  );

/** Synchronous I/O: nothing else runs meanwhile, and many small files take half the time without the event loop. */
function synchronously<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

function kindOf(file: string): 'file' | 'folder' | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? 'folder' : 'file';
}

function program(): string {
  return realpathSync(process.argv[1] ?? '.');
}

/** The version of the package that contains the program. */
function version(): string {
  let folder = path.dirname(program());
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
