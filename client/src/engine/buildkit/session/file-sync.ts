/**
 * Sends files of directories to BuildKit: only those that it requests (github.com/tonistiigi/fsutil, send.go). A frontend can
 * be any image, so it gets the named directories and nothing outside them.
 */
import { realpath } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { ContextEntry } from '../../build-context/entry.ts';
import { diskSpeed } from '../../build-context/disk-speed.ts';
import {
  openMeasured,
  readSmallFile,
  smallBytes,
  type Measured,
} from '../../build-context/open-file.ts';
import { selectionOf } from '../../build-context/selection.ts';
import { fileOf, readError, walkContext } from '../../build-context/walk.ts';
import type { Metadata } from '../grpc/metadata.ts';
import { Outbox } from '../grpc/outbox.ts';
import type { Method } from '../grpc/server.ts';
import { messagesOf } from '../grpc/frames.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { decode, int64 } from '../messages.ts';
import { dataBuffer, dataPacket, dataRoom, packet, packets, statOf } from './packets.ts';

/** A directory of this machine, or files by name that exist only here. */
export type SharedDirectory =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, Uint8Array> };

export interface FileSyncOptions {
  readonly directories: ReadonlyMap<string, SharedDirectory>;
  /** Called for each part that is sent of a directory; `isFileEnd` with the last part of a file. */
  readonly sent: (directory: string, bytes: number, isFileEnd: boolean) => void;
  /** Called for each file that BuildKit may request, and `requested` for each that it does. */
  readonly offered?: (directory: string, bytes: number) => void;
  readonly requested?: (directory: string, bytes: number) => void;
  /** Called when BuildKit has all that it needs of a directory. */
  readonly finished: (directory: string) => void;
  /** Called with the error if a file cannot be read. */
  readonly failed: (error: unknown) => void;
}

export function fileSync(options: FileSyncOptions): Method {
  return async (stream, metadata) => {
    const name = metadata.get('dir-name')?.[0] ?? '';
    const directory = options.directories.get(name);
    if (directory === undefined)
      throw new GrpcError(codes.notFound, `no access allowed to dir ${JSON.stringify(name)}`);
    const sender = new Sender(new Outbox(stream), {
      sent: (bytes, isFileEnd) => options.sent(name, bytes, isFileEnd),
      offered: (bytes) => options.offered?.(name, bytes),
      requested: (bytes) => options.requested?.(name, bytes),
    });
    try {
      await sender.run(entriesOf(directory, metadata), messagesOf(stream));
      options.finished(name);
    } catch (error) {
      if (!(error instanceof GrpcError)) options.failed(error);
      throw error;
    }
  };
}

/** What is sent of an entry when it is requested. */
type Source =
  | { readonly bytes: Uint8Array }
  | {
      readonly file: string | Buffer;
      readonly stats: Measured;
    };

interface Listed {
  readonly packet: Buffer;
  /** Absent if its content cannot be requested. */
  readonly source?: Source;
}

async function* entriesOf(
  directory: SharedDirectory,
  metadata: Metadata,
): AsyncGenerator<Listed, void, undefined> {
  if (directory.kind === 'files') yield* memoryEntries(directory.files);
  else yield* diskEntries(directory.path, metadata);
}

/** All of them, whatever is requested: they are few. */
function* memoryEntries(files: ReadonlyMap<string, Uint8Array>): Generator<Listed> {
  const sorted = [...files].sort(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  for (const [name, bytes] of sorted) {
    const stat = {
      path: Buffer.from(name),
      mode: 0o644,
      size: bytes.length,
      // Old engines request a file again only if its size or its time differs, so the time must change with the content.
      modTime: int64(createHash('sha256').update(bytes).digest().readBigUInt64BE() >> 4n),
    };
    yield { packet: packet({ type: packets.stat, stat }), source: { bytes } };
  }
}

async function* diskEntries(
  path: string,
  metadata: Metadata,
): AsyncGenerator<Listed, void, undefined> {
  const root = await realpath(path).catch((error: unknown) => {
    throw readError(path, error);
  });
  const selection = await selectionOf(root, {
    followed: metadata.get('followpaths'),
    included: metadata.get('include-patterns') ?? [],
    excluded: metadata.get('exclude-patterns') ?? [],
  });
  if (selection === undefined) throw new GrpcError(codes.invalidArgument, 'invalid pattern');
  const links = new HardLinks();
  for await (const entry of walkContext(root, selection)) {
    const first = links.firstName(entry);
    const stat = statOf(entry, first);
    const listed = packet({ type: packets.stat, stat });
    // The receiver counts a hard link like a file, but never requests it.
    if (entry.kind === 'socket') yield { packet: listed, source: { bytes: new Uint8Array() } };
    else if (entry.kind !== 'file' || first !== undefined) yield { packet: listed };
    else {
      const { dev, ino, size } = entry.stats;
      const file = fileOf(root, entry.rawPath ?? entry.path);
      yield { packet: listed, source: { file, stats: { dev, ino, size } } };
    }
  }
}

/** Names of files that have several, by their identity. */
class HardLinks {
  readonly #names = new Map<string, string | Buffer>();

  /** The name under which the same file was listed before. */
  firstName({ kind, path, rawPath, stats }: ContextEntry): string | Buffer | undefined {
    if (kind !== 'file' || stats.nlink < 2n) return undefined;
    const id = `${stats.dev}:${stats.ino}`;
    const first = this.#names.get(id);
    if (first === undefined) this.#names.set(id, rawPath ?? path);
    return first;
  }
}

/** Files that are read at the same time. */
const parallel = 16;
/** Bytes of one packet; BuildKit accepts messages up to 4 MB. */
const chunkBytes = 512 * 1024;

interface SenderReports {
  readonly sent: (bytes: number, isFileEnd: boolean) => void;
  readonly offered: (bytes: number) => void;
  readonly requested: (bytes: number) => void;
}

class Sender {
  readonly #outbox: Outbox;
  readonly #report: SenderReports;
  readonly #speed = diskSpeed();
  readonly #sources = new Map<number, Source>();
  readonly #requested: (readonly [id: number, source: Source])[] = [];
  /** The number of requests that were taken from the list. */
  #taken = 0;
  #running = 0;
  #stopped = false;
  #fail: (error: unknown) => void = () => undefined;

  constructor(outbox: Outbox, report: SenderReports) {
    this.#outbox = outbox;
    this.#report = report;
  }

  /** Resolves when the receiver has everything. */
  async run(entries: AsyncIterable<Listed>, messages: AsyncIterable<Buffer>): Promise<void> {
    const failed = new Promise<never>((_, reject) => (this.#fail = reject));
    try {
      await Promise.race([failed, Promise.all([this.#list(entries), this.#answer(messages)])]);
      this.#outbox.flush();
    } catch (error) {
      const data = Buffer.from(error instanceof Error ? error.message : String(error));
      await this.#send(packet({ type: packets.error, data }))?.catch(() => undefined);
      this.#outbox.flush();
      throw error;
    } finally {
      this.#stopped = true;
    }
  }

  async #list(entries: AsyncIterable<Listed>): Promise<void> {
    let id = 0;
    for await (const entry of entries) {
      if (this.#stopped) return;
      if (entry.source) {
        this.#sources.set(id, entry.source);
        this.#report.offered(sizeOf(entry.source));
      }
      id++;
      await this.#send(entry.packet);
    }
    await this.#send(packet({ type: packets.stat }));
  }

  async #answer(messages: AsyncIterable<Buffer>): Promise<void> {
    for await (const message of messages) {
      const { type = packets.stat, ID: id = 0, data } = readPacket(message);
      if (type === packets.request) this.#queue(id);
      else if (type === packets.end) {
        await this.#send(packet({ type: packets.end }));
        return;
      } else if (type === packets.error)
        throw new GrpcError(codes.aborted, `error from receiver: ${textOf(data)}`);
    }
    throw new GrpcError(codes.cancelled, 'closed before the end');
  }

  #queue(id: number): void {
    const source = this.#sources.get(id);
    if (source === undefined) throw new GrpcError(codes.invalidArgument, `invalid file id ${id}`);
    // Each content is sent once.
    this.#sources.delete(id);
    this.#report.requested(sizeOf(source));
    this.#requested.push([id, source]);
    this.#next();
  }

  #next(): void {
    while (this.#running < parallel && !this.#stopped) {
      const next = this.#requested[this.#taken];
      if (next === undefined) return;
      this.#taken++;
      if (this.#taken === this.#requested.length) this.#taken = this.#requested.length = 0;
      this.#running++;
      this.#content(...next).then(
        () => {
          this.#running--;
          this.#next();
        },
        (error: unknown) => this.#fail(error),
      );
    }
  }

  async #content(id: number, source: Source): Promise<void> {
    if ('bytes' in source) {
      const buffer = dataBuffer(source.bytes.length);
      buffer.set(source.bytes, dataRoom);
      if (source.bytes.length > 0) await this.#send(dataPacket(id, buffer, source.bytes.length));
    } else if (source.stats.size > 0n) await this.#file(id, source);
    const end = dataPacket(id, dataBuffer(0), 0);
    await this.#send(end, true);
  }

  async #file(id: number, { file, stats }: Exclude<Source, { bytes: unknown }>): Promise<void> {
    const size = Number(stats.size);
    if (size <= smallBytes && this.#speed.isFast) {
      const buffer = dataBuffer(size);
      this.#speed.measure(1, () => readSmallFile(file, stats, buffer.subarray(dataRoom)));
      await this.#send(dataPacket(id, buffer, size));
      return;
    }
    const opened = await openMeasured(file, stats);
    try {
      for (let left = size; left > 0 && !this.#stopped;) {
        const most = Math.min(chunkBytes, left);
        const buffer = dataBuffer(most);
        const length = await opened.read(buffer, dataRoom, most);
        left -= length;
        await this.#send(dataPacket(id, buffer, length));
      }
    } finally {
      opened.close();
    }
  }

  #send(bytes: Buffer, isFileEnd = false): Promise<void> | undefined {
    this.#report.sent(bytes.length, isFileEnd);
    return this.#outbox.send(bytes);
  }
}

function sizeOf(source: Source): number {
  return 'bytes' in source ? source.bytes.length : Number(source.stats.size);
}

function readPacket(message: Buffer) {
  try {
    return decode('Packet', message);
  } catch {
    throw new GrpcError(codes.invalidArgument, 'invalid packet');
  }
}

function textOf(data: Uint8Array | undefined): string {
  return Buffer.from(data ?? []).toString();
}
