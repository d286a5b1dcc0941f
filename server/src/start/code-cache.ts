/**
 * Runs a bundle with the code cache that V8 wrote at an earlier start: compiling it takes a third of the time until the
 * first answer. Node.js has this built in since version 22, but version 20 is supported too, so all versions use this.
 * The cache is optional: if it is missing, outdated, or cannot be read or written, the bundle is compiled.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';
import { builtinModule } from './builtin-module.ts';

/** Milliseconds after the start; by then the functions that are called while typing have been compiled. */
const startupTime = 3000;

/** Characters of the hash of its content that the build writes at the end of a bundle. */
const hashLength = 43;

/** Bytes before the code: the hash of the bundle, and the length of the code. */
const stampLength = hashLength + 8;

type Module = (
  exports: object,
  require: NodeJS.Require,
  module: { readonly exports: object },
  file: string,
  folder: string,
) => void;

/** When the code cache is written. */
export type WriteTime = 'after startup' | 'at exit' | 'never';

/**
 * Loads the bundle with this name in the directory of the current one, with its `require`, and returns what it exports. Like
 * `require`, it runs a bundle once.
 */
export function runWithCodeCache(name: string, writeTime: WriteTime): object {
  const file = path.join(__dirname, name);
  const before = require.cache[file];
  if (before !== undefined) return before.exports as object;
  const module = { id: file, filename: file, path: __dirname, exports: {}, loaded: false };
  require.cache[file] = module as unknown as NodeJS.Module;
  try {
    run(file, module, writeTime);
  } catch (error) {
    Reflect.deleteProperty(require.cache, file);
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

function run(file: string, module: { readonly exports: object }, writeTime: WriteTime): void {
  // The build writes ASCII, which does not need decoding.
  const source = readFileSync(file, 'latin1');
  const cache = codeCache(file, source.trimEnd().slice(-hashLength));
  const before = cache?.read();
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    { filename: file, ...(before && { cachedData: before }) },
  );
  const start = script.runInThisContext() as Module;
  start(module.exports, require, module, file, __dirname);
  const isNew = before === undefined || script.cachedDataRejected === true;
  if (cache === undefined || !isNew || writeTime === 'never' || !isMainThread()) return;
  const write = (): void => cache.write(script.createCachedData());
  if (writeTime === 'at exit') process.once('exit', write);
  else setTimeout(write, startupTime).unref();
}

/** Workers run the same program; only the main thread writes the cache. */
function isMainThread(): boolean {
  return builtinModule('node:worker_threads').isMainThread;
}

interface CodeCache {
  read(): Buffer | undefined;
  write(code: Buffer): void;
}

/**
 * One file per V8 version, in a directory that only this user can write to. Undefined if there is no such directory, or if
 * the code cache of Node.js is disabled.
 */
function codeCache(file: string, hash: string): CodeCache | undefined {
  if (process.env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined;
  const home = cacheHome();
  if (home === undefined) return undefined;
  const folder = path.join(home, 'drydock');
  // V8 rejects a cache written under other flags, so programs started with different flags must not share a file.
  const flags = encodeURIComponent(process.execArgv.join(' ')).slice(0, 150);
  const names = [path.basename(file), process.versions.v8, process.arch, flags];
  const place = path.join(folder, names.join('-'));
  return {
    read: () => {
      try {
        const content = readFileSync(place);
        const code = content.subarray(stampLength);
        const isValid = content.subarray(0, stampLength).equals(stampOf(hash, code.length));
        return isValid ? code : undefined;
      } catch {
        return undefined;
      }
    },
    write: (code) => {
      // Another server may be starting: it must find a complete file or none.
      const draft = path.join(folder, `draft-${randomUUID()}`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const content = Buffer.concat([stampOf(hash, code.length), code]);
        writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
        renameSync(draft, place);
      } catch {
        // The directory is not writable, or the disk is full: the next start compiles again.
        removeIfPossible(draft);
      }
    },
  };
}

function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing else can be done, and nothing reads it.
  }
}

/** V8 itself only compares the length of the source. */
function stampOf(hash: string, length: number): Buffer {
  const stamp = Buffer.alloc(stampLength);
  stamp.write(hash, 'latin1');
  stamp.writeDoubleLE(length, hashLength);
  return stamp;
}

function cacheHome(): string | undefined {
  const { XDG_CACHE_HOME: configured, LOCALAPPDATA: windows } = process.env;
  if (configured !== undefined && path.isAbsolute(configured)) return configured;
  if (process.platform === 'win32') return windows;
  const home = homedir();
  if (!path.isAbsolute(home)) return undefined;
  return path.join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
