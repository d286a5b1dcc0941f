/** The program: `main` with the real process and the real file system. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { kindOf, readRegularFile } from '../disk/regular-file.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { t } from '../text/translation.ts';
import { main } from './main.ts';
import type { Io } from './io.ts';
import { OutputError, showsColors, write } from './output.ts';
import { printableLines } from './printable.ts';
import { areMany, checkMany, isWorker, serveMain, workerArgument } from './workers.ts';

/** Files with more bytes are not read. */
const longestFile = 10_000_000;

const io: Io = {
  cwd: process.cwd(),
  colors: showsColors(1),
  get version() {
    return version();
  },
  out: (text) => write(1, text),
  err: (text) => write(2, printableLines(text)),
  stdin: async () => {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longestFile) throw new Error(t('it is larger than {0} kB', longestFile / 1000));
    }
    return Buffer.concat(chunks);
  },
  read: (file, limit = longestFile) => synchronously(() => readRegularFile(file, limit)),
  write: (file, text) => synchronously(() => replaceFile(file, text)),
  kind: (file) => synchronously(() => kindOf(file)).catch(kindOnError),
  list: (folder) => synchronously(() => readdirSync(folder)),
  spread: (args, sources) =>
    areMany(sources.length) && !args.paths.includes('-')
      ? checkMany(program(), args, { sources, io })
      : undefined,
  // Loaded on demand: it starts processes, and loading node:child_process takes a tenth of the time of a small file.
  shellcheck: async (path, warn) =>
    (await import('../shellcheck/program.ts')).findShellCheck(path, warn),
  identity: (folder) => synchronously(() => identityOf(folder)).catch(() => folder),
};

if (process.argv[2] === workerArgument && isWorker()) void serveMain(io);
else
  main(process.argv.slice(2), io).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      if (error instanceof OutputError) error.report();
      else console.error(error);
      process.exitCode = 2;
    },
  );

/** Synchronous I/O: nothing else runs meanwhile, and many small files take half the time without the event loop. */
function synchronously<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

function kindOnError(error: NodeJS.ErrnoException): 'too-long' | undefined {
  return error.code === 'ENAMETOOLONG' ? 'too-long' : undefined;
}

/** The path without links would take time that grows with the square of its depth. */
function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  return `${dev}:${ino}`;
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
