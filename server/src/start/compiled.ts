/**
 * Runs a bundle of ours with the code that V8 made of it at an earlier start: to compile it anew is a third of the time
 * until the first answer. Node.js can do this itself from version 22 on, but we run on 20 too, and so in one way on all.
 * What is kept is a gift: where it is missing, old or can not be read or written, the bundle is compiled.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';

/** Milliseconds after which a start is over, and the functions that typing calls have been compiled. */
const settled = 3000;

/** Bytes in front of the code that say of which bundle it is, and how much of it there must be. */
const stampLength = 32;

type Module = (
  exports: object,
  require: NodeJS.Require,
  module: { readonly exports: object },
  file: string,
  folder: string,
) => void;

/** When what was compiled is written down for the next start. */
export type Keep = 'when the start is over' | 'at the end' | 'never';

/** Runs the bundle of this name that lies beside the one that is running, whose `require` it is lent. */
export function compiled(name: string, keep: Keep): void {
  const file = path.join(__dirname, name);
  // The build sees to it that it is ASCII, which needs no decoding.
  const source = readFileSync(file, 'latin1');
  const kept = keeping(file);
  const before = kept?.read();
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    { filename: file, ...(before && { cachedData: before }) },
  );
  const module = { exports: {} };
  const run = script.runInThisContext() as Module;
  run(module.exports, require, module, file, __dirname);
  const isNew = before === undefined || script.cachedDataRejected === true;
  if (kept === undefined || !isNew || keep === 'never' || !isMainThread()) return;
  const write = (): void => kept.write(script.createCachedData());
  if (keep === 'at the end') process.once('exit', write);
  else setTimeout(write, settled).unref();
}

/** Workers run the same program, and one of all writes. */
function isMainThread(): boolean {
  return process.getBuiltinModule('node:worker_threads').isMainThread;
}

interface Keeping {
  read(): Buffer | undefined;
  write(code: Buffer): void;
}

/**
 * A file for each V8, in a folder that only this user can write; undefined where there is no place for it, and where
 * Node.js is told to keep nothing of the kind.
 */
function keeping(file: string): Keeping | undefined {
  if (process.env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined;
  const home = cacheHome();
  if (home === undefined) return undefined;
  const folder = path.join(home, 'drydock');
  // V8 refuses what it made under other flags, so that those who start the server differently would take turns.
  const flags = encodeURIComponent(process.execArgv.join(' ')).slice(0, 100);
  const names = [path.basename(file), process.versions.v8, process.arch, flags];
  const place = path.join(folder, names.join('-'));
  return {
    read: () => {
      try {
        const kept = readFileSync(place);
        const code = kept.subarray(stampLength);
        const isWhole = kept.subarray(0, stampLength).equals(stampOf(file, code.length));
        return isWhole ? code : undefined;
      } catch {
        return undefined;
      }
    },
    write: (code) => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // Another server may be starting: it finds a whole file or none.
        const draft = `${place}.${String(process.pid)}`;
        writeFileSync(draft, Buffer.concat([stampOf(file, code.length), code]), { mode: 0o600 });
        renameSync(draft, place);
      } catch {
        // A folder that can not be written: the next start compiles again.
      }
    },
  };
}

/** What is another as soon as the bundle is: V8 itself compares no more than the length of the source. */
function stampOf(file: string, length: number): Buffer {
  const { size, mtimeMs, ino } = statSync(file);
  const stamp = Buffer.alloc(stampLength);
  [size, mtimeMs, ino, length].forEach((number, i) => stamp.writeDoubleLE(number, i * 8));
  return stamp;
}

function cacheHome(): string | undefined {
  const { XDG_CACHE_HOME: asked, LOCALAPPDATA: windows } = process.env;
  if (asked !== undefined && path.isAbsolute(asked)) return asked;
  if (process.platform === 'win32') return windows;
  const home = homedir();
  if (!path.isAbsolute(home)) return undefined;
  return path.join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
