/** Receives files into a directory (github.com/tonistiigi/fsutil, receive.go); nothing is written outside of it. */
import { constants } from 'node:fs';
import {
  chmod,
  link,
  lstat,
  lutimes,
  mkdir,
  open,
  rm,
  symlink,
  type FileHandle,
} from 'node:fs/promises';
import type { ServerHttp2Stream } from 'node:http2';
import { join, posix, sep } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../../errors.ts';
import { toFileError } from '../../file-errors.ts';
import { writeAll } from '../../write-file.ts';
import { Outbox } from '../grpc/outbox.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { decode, type Stat } from '../messages.ts';
import { goModes, packet, packets } from './packets.ts';

/** Resolves when all files are written. Rejects with EngineError if a file cannot be written or has an unsafe path. */
export async function receiveDirectory(
  root: string,
  messages: AsyncIterable<Buffer>,
  stream: ServerHttp2Stream,
): Promise<void> {
  const receiver = new Receiver(root, new Outbox(stream));
  try {
    await receiver.run(messages);
  } catch (error) {
    throw error instanceof GrpcError ? error : toFileError(error);
  } finally {
    await receiver.close();
  }
}

interface Incoming {
  readonly path: string;
  readonly stat: Stat;
  handle?: FileHandle;
}

/** A step that is done when all files are there, so that nothing is written through a link. */
type LastStep = () => Promise<void>;

class Receiver {
  readonly #root: string;
  readonly #outbox: Outbox;
  readonly #incoming = new Map<number, Incoming>();
  readonly #directories = new Set<string>();
  readonly #files = new Set<string>();
  readonly #hardLinks: LastStep[] = [];
  readonly #links: LastStep[] = [];
  readonly #modes: LastStep[] = [];
  #id = -1;
  #isListed = false;
  #isEnded = false;

  constructor(root: string, outbox: Outbox) {
    this.#root = root;
    this.#outbox = outbox;
  }

  async run(messages: AsyncIterable<Buffer>): Promise<void> {
    await mkdir(this.#root, { recursive: true });
    for await (const message of messages) {
      const { type = packets.stat, stat, ID: id = 0, data = empty } = decode('Packet', message);
      if (type === packets.end) return;
      if (type === packets.error)
        throw new GrpcError(codes.aborted, `error from sender: ${Buffer.from(data).toString()}`);
      if (type === packets.data) await this.#data(id, data);
      else if (type === packets.stat && stat) await this.#entry(stat);
      else if (type === packets.stat) this.#isListed = true;
      if (this.#isListed && this.#incoming.size === 0 && !this.#isEnded) await this.#finish();
    }
    throw new GrpcError(codes.cancelled, 'closed before the end');
  }

  /** Removes files that are incomplete. */
  async close(): Promise<void> {
    for (const { handle, path } of this.#incoming.values()) {
      await handle?.close().catch(() => undefined);
      if (handle) await rm(join(this.#root, path), { force: true }).catch(() => undefined);
    }
  }

  async #entry(stat: Stat): Promise<void> {
    this.#id++;
    const path = Buffer.from(stat.path ?? empty).toString();
    const { mode = 0 } = stat;
    const parent = posix.dirname(path);
    if (!isSafe(path) || (parent !== '.' && !this.#directories.has(parent))) throw unsafe(path);
    const file = join(this.#root, path);
    if (mode >= goModes.directory) await this.#directory(path, stat);
    else if (has(mode, goModes.link)) {
      const target = Buffer.from(stat.linkname ?? empty);
      this.#links.push(async () => {
        await rm(file, { recursive: true, force: true });
        await symlink(target, file);
      });
    } else if (has(mode, goModes.device) || has(mode, goModes.fifo)) {
      throw new EngineError('failed', t('Devices and pipes cannot be written: {0}', path));
    } else if (stat.linkname !== undefined && stat.linkname.length > 0) this.#hardLink(path, stat);
    else {
      this.#files.add(path);
      this.#incoming.set(this.#id, { path, stat });
      await this.#outbox.send(packet({ type: packets.request, ID: this.#id }));
    }
  }

  async #directory(path: string, stat: Stat): Promise<void> {
    const file = join(this.#root, path);
    const existing = await lstat(file).catch(() => undefined);
    if (existing && !existing.isDirectory()) await rm(file, { force: true });
    if (existing?.isDirectory() !== true) await mkdir(file, 0o700);
    this.#directories.add(path);
    this.#modes.push(() => setProperties(file, stat));
  }

  #hardLink(path: string, { linkname = empty }: Stat): void {
    const first = Buffer.from(linkname).toString();
    if (!isSafe(first) || !this.#files.has(first)) throw unsafe(first);
    const file = join(this.#root, path);
    this.#hardLinks.push(async () => {
      await rm(file, { recursive: true, force: true });
      await link(join(this.#root, first), file);
    });
  }

  async #data(id: number, data: Uint8Array): Promise<void> {
    const incoming = this.#incoming.get(id);
    if (incoming === undefined)
      throw new GrpcError(codes.invalidArgument, `data for ${id}, which was not requested`);
    const file = join(this.#root, incoming.path);
    incoming.handle ??= await create(file);
    if (data.length > 0) {
      await writeAll(incoming.handle, data);
      return;
    }
    this.#incoming.delete(id);
    await incoming.handle.close();
    await setProperties(file, incoming.stat);
  }

  async #finish(): Promise<void> {
    this.#isEnded = true;
    // Directories in the reverse order, so that a directory that is not writable can be filled.
    const steps = [...this.#hardLinks, ...this.#links, ...this.#modes.reverse()];
    for (const step of steps) await step();
    await this.#outbox.send(packet({ type: packets.end }));
  }
}

const empty = new Uint8Array();

async function create(file: string): Promise<FileHandle> {
  await rm(file, { recursive: true, force: true });
  const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
  return open(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | noFollow, 0o600);
}

/** Without setuid and the like, because the files belong to this user. */
async function setProperties(file: string, { mode = 0, modTime = 0 }: Stat): Promise<void> {
  await chmod(file, mode & 0o777);
  const seconds = Number(modTime) / 1e9;
  if (Number.isFinite(seconds)) await lutimes(file, seconds, seconds).catch(() => undefined);
}

function has(mode: number, flag: number): boolean {
  return Math.floor(mode / flag) % 2 === 1;
}

/** Relative, below the directory, and without parts that the file system reads differently. */
function isSafe(path: string): boolean {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return false;
  return !path.includes('\0') && (sep === '/' || !/[\\:]/.test(path));
}

function unsafe(path: string): EngineError {
  return new EngineError('failed', t('The build result has a path that is not allowed: {0}', path));
}
