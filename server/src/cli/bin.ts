/** The program: `main` over the real process and the real files. */
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.ts';
import type { Io } from './io.ts';
import { showsColours, write } from './output.ts';
import { areMany, checkMany, isWorker, serveMain, workerSign } from './workers.ts';

const io: Io = {
  cwd: process.cwd(),
  colours: showsColours(1),
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
  read: (file) => atOnce(() => readFileSync(file)),
  write: (file, text) => atOnce(() => writeFileSync(file, text)),
  kind: (file) => atOnce(() => kindOf(file)).catch(() => undefined),
  list: (folder) => atOnce(() => readdirSync(folder)),
  spread: (asked, sources) =>
    areMany(sources.length) && !asked.paths.includes('-')
      ? checkMany(program(), asked, { sources, io })
      : undefined,
  // It starts programs, and what Node.js needs for that takes a tenth of the time of a small file.
  shellcheck: async (asked, complain) =>
    (await import('../shellcheck/program.ts')).findShellCheck(asked, complain),
  real: (file) => atOnce(() => realpathSync(file)).catch(() => file),
};

if (process.argv[2] === workerSign && isWorker()) void serveMain(io);
else
  main(process.argv.slice(2), io).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 2;
    },
  );

/** Nothing else waits here, and without a turn of the event loop many small files take half the time. */
function atOnce<T>(work: () => T): Promise<T> {
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

/** Of the package that the program lies in. */
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
