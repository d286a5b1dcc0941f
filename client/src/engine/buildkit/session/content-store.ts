/**
 * A directory with blobs by their digest, in the layout of OCI images (containerd, plugins/content/local): a build cache of
 * type `local`. BuildKit is not trusted: it reads and writes blobs only, and a blob has the content of its digest.
 */
import { createHash, randomUUID, type Hash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { toFileError } from '../../file-errors.ts';
import { codes, GrpcError } from '../grpc/status.ts';

/** Windows has no such flags. */
const readFlags =
  process.platform === 'win32'
    ? constants.O_RDONLY
    : constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

export class ContentStore {
  readonly directory: string;
  readonly isWritable: boolean;

  constructor(directory: string, isWritable: boolean) {
    this.directory = directory;
    this.isWritable = isWritable;
  }

  /** Rejects with GrpcError if the blob does not exist. */
  async stats(digest: string): Promise<Stats> {
    const found = await stat(this.#file(digest)).catch(() => undefined);
    if (found?.isFile() !== true) throw notFound(digest);
    return found;
  }

  /** Opens a blob for reading. Rejects with GrpcError if it does not exist. */
  async open(digest: string): Promise<FileHandle> {
    const handle = await open(this.#file(digest), readFlags).catch(() => undefined);
    if (handle === undefined) throw notFound(digest);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    throw notFound(digest);
  }

  /** A new blob. Rejects with GrpcError if it exists or cannot be written, and with EngineError if the disk is the reason. */
  async write(expected: string): Promise<BlobWriter> {
    if (!this.isWritable) throw new GrpcError(codes.permissionDenied, 'the cache can only be read');
    if (expected !== '' && (await this.#has(expected))) throw exists(expected);
    const folder = join(this.directory, 'ingest');
    const file = join(folder, randomUUID());
    try {
      await mkdir(folder, { recursive: true });
      return new BlobWriter(file, await open(file, 'wx'), (digest) => this.#complete(file, digest));
    } catch (error) {
      throw toFileError(error, file);
    }
  }

  async #has(digest: string): Promise<boolean> {
    return this.stats(digest).then(
      () => true,
      () => false,
    );
  }

  async #complete(file: string, digest: string): Promise<void> {
    if (await this.#has(digest)) throw exists(digest);
    const target = this.#file(digest);
    try {
      await mkdir(join(this.directory, 'blobs', 'sha256'), { recursive: true });
      await rename(file, target);
    } catch (error) {
      throw toFileError(error, target);
    }
  }

  #file(digest: string): string {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
    if (hex === undefined) throw new GrpcError(codes.invalidArgument, 'invalid digest');
    return join(this.directory, 'blobs', 'sha256', hex);
  }
}

function notFound(digest: string): GrpcError {
  return new GrpcError(codes.notFound, `content ${digest}: not found`);
}

function exists(digest: string): GrpcError {
  return new GrpcError(codes.alreadyExists, `content ${digest}: already exists`);
}

/** A blob that is written, in a file that becomes visible when it is complete. */
export class BlobWriter {
  readonly startedAt = Date.now();
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #complete: (digest: string) => Promise<void>;
  #hash: Hash = createHash('sha256');
  #offset = 0;
  #isClosed = false;

  constructor(file: string, handle: FileHandle, complete: (digest: string) => Promise<void>) {
    this.#file = file;
    this.#handle = handle;
    this.#complete = complete;
  }

  /** Bytes that were written. */
  get offset(): number {
    return this.#offset;
  }

  get digest(): string {
    return `sha256:${this.#hash.copy().digest('hex')}`;
  }

  /** Writes at the end, or from the beginning. */
  async write(data: Uint8Array, offset: number): Promise<void> {
    if (offset > 0 && offset !== this.#offset)
      throw new GrpcError(codes.outOfRange, `write at ${offset}, expected ${this.#offset}`);
    try {
      if (offset === 0 && this.#offset > 0) {
        await this.#handle.truncate(0);
        this.#hash = createHash('sha256');
        this.#offset = 0;
      }
      for (let at = 0; at < data.length;)
        at += (await this.#handle.write(data, at, data.length - at, this.#offset + at))
          .bytesWritten;
    } catch (error) {
      throw toFileError(error, this.#file);
    }
    this.#hash.update(data);
    this.#offset += data.length;
  }

  /** Rejects with GrpcError if the content is not what was announced. */
  async commit(total: number, expected: string): Promise<void> {
    if (total > 0 && total !== this.#offset)
      throw new GrpcError(codes.failedPrecondition, `unexpected size ${this.#offset}`);
    if (expected !== '' && expected !== this.digest)
      throw new GrpcError(codes.failedPrecondition, `unexpected digest ${this.digest}`);
    await this.#close();
    await this.#complete(this.digest);
  }

  /** Removes what was not completed. */
  async discard(): Promise<void> {
    await this.#close().catch(() => undefined);
    await rm(this.#file, { force: true });
  }

  async #close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#handle.close();
  }
}
