/** Runs of the command line in this process, with files in memory. */
import { posix } from 'node:path';
import type { Io } from '../server/src/cli/io.ts';
import { main } from '../server/src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly files: ReadonlyMap<string, string>;
}

/** As on Linux (PATH_MAX). */
const longestPath = 4096;

/** Runs the command line with files by absolute path; a path is a directory if files are below it. */
export async function run(
  argv: readonly string[],
  contents: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<Ran> {
  const files = new Map(Object.entries(contents));
  let out = '';
  let err = '';
  const isFolder = (path: string): boolean =>
    [...files.keys()].some((file) => file.startsWith(path === '/' ? '/' : `${path}/`));
  const io: Io = {
    cwd: '/work',
    colors: false,
    version: '1.2.3',
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    read: (path) => {
      const text = files.get(path);
      return text === undefined || text === 'UNREADABLE'
        ? Promise.reject(new Error('permission denied'))
        : Promise.resolve(Buffer.from(text));
    },
    write: (path, text) => {
      files.set(path, text);
      return Promise.resolve();
    },
    kind: (path) =>
      Promise.resolve(
        path.length > longestPath
          ? 'too-long'
          : files.has(path)
            ? 'file'
            : isFolder(path)
              ? 'folder'
              : undefined,
      ),
    list: (folder) =>
      Promise.resolve([
        ...new Set(
          [...files.keys()]
            .filter((file) => file.startsWith(`${folder}/`))
            .map((file) => posix.relative(folder, file).split('/')[0] ?? ''),
        ),
      ]),
    identity: (path) => Promise.resolve(path),
  };
  const code = await main(argv, io);
  return { code, out, err, files };
}

export interface Json {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly error?: string;
    readonly findings: readonly Readonly<Record<string, unknown>>[];
  }[];
}
/** The report of `--format json`. */
export function parsed({ out }: Ran): Json {
  return JSON.parse(out) as Json;
}
