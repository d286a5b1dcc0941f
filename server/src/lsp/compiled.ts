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

/** Runs the bundle of this name that lies beside the one that is running, whose `require` it is lent. */
export function compiled(name: string): void {
  const file = path.join(__dirname, name);
  // The build sees to it that it is ASCII, which needs no decoding.
  const source = readFileSync(file, 'latin1');
  const keep = keeping(file);
  const before = keep?.read();
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    { filename: file, ...(before && { cachedData: before }) },
  );
  const module = { exports: {} };
  const run = script.runInThisContext() as Module;
  run(module.exports, require, module, file, __dirname);
  if (keep && (before === undefined || script.cachedDataRejected === true)) {
    setTimeout(() => keep.write(script.createCachedData()), settled).unref();
  }
}

interface Keeping {
  read(): Buffer | undefined;
  write(code: Buffer): void;
}

/** A file for each V8, in a folder that only this user can write; undefined where there is no place for it. */
function keeping(file: string): Keeping | undefined {
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
