/** Sends the entries of one directory, and the contents that the receiver requests (github.com/tonistiigi/fsutil, send.go). */
import { diskSpeed } from '../../build-context/disk-speed.ts';
import { openMeasured, readSmallFile, smallBytes } from '../../build-context/open-file.ts';
import { Pace } from '../../build-context/pace.ts';
import type { Outbox } from '../grpc/outbox.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { dataHeadBytes, dataRoom, packet, packets, readPacket, requestedId, writeDataHead } from './packets.ts'; // prettier-ignore
import type { Source, Sources } from './sources.ts';
import { Turns } from './turns.ts';

/** Large files that are read at the same time. */
const parallel = 16;
/** Bytes of one packet; BuildKit accepts messages up to 4 MB. */
const chunkBytes = 512 * 1024;
/** Descriptions of entries that are sent without a content between them. BuildKit queues 128. */
const mostDescribed = 64;
/** Bytes that may wait to be sent before more entries are described. */
const mostWaiting = 64 * 1024;

export interface SenderReports {
  /** Called for each part that is sent; `isFileEnd` with the last part of a file. */
  readonly sent: (bytes: number, isFileEnd: boolean) => void;
  /** Called for each file that BuildKit requests, with its size. */
  readonly requested: (bytes: number) => void;
}

/** How entries are listed. */
export interface ListTurns {
  readonly isStopped: () => boolean;
  /** The most entries that are described at once. */
  readonly most: number;
  /** Resolves when so many entries can be described. */
  readonly next: (entries: number) => Promise<void>;
}

type FileSource = Extract<Source, { file: unknown }>;

export class Sender {
  readonly #outbox: Outbox;
  readonly #reports: SenderReports;
  readonly #sources: Sources;
  readonly #speed = diskSpeed();
  readonly #turns = new Turns();
  /** Requests that were not answered yet, from `#taken` on. */
  readonly #requested: (readonly [id: number, source: Source])[] = [];
  #taken = 0;
  #isAnswering = false;
  #running = 0;
  #ended: () => void = () => undefined;
  /** Buffers that were sent. */
  readonly #spare: Buffer[] = [];
  #stopped = false;
  #fail: (error: unknown) => void = () => undefined;

  constructor(outbox: Outbox, sources: Sources, reports: SenderReports) {
    this.#outbox = outbox;
    this.#sources = sources;
    this.#reports = reports;
  }

  /** Resolves when the receiver has everything. `list` adds all entries to the sources and the outbox. */
  async run(
    list: (turns: ListTurns) => Promise<void>,
    messages: AsyncIterable<Buffer>,
  ): Promise<void> {
    const failed = new Promise<never>((_, reject) => (this.#fail = reject));
    const listed = async (): Promise<void> => {
      await list({
        isStopped: () => this.#stopped,
        most: mostDescribed,
        next: (entries) => this.#turn(entries),
      });
      if (!this.#stopped) await this.#send(packet({ type: packets.stat }));
    };
    try {
      await Promise.race([failed, Promise.all([listed(), this.#receive(messages)])]);
      this.#outbox.flush();
    } catch (error) {
      const data = Buffer.from(error instanceof Error ? error.message : String(error));
      const told = async (): Promise<void> => this.#send(packet({ type: packets.error, data }));
      await told().catch(() => undefined);
      this.#outbox.flush();
      throw error;
    } finally {
      this.#stopped = true;
      this.#turns.wake();
    }
  }

  async #turn(entries: number): Promise<void> {
    await this.#outbox.room(mostWaiting);
    const areSending = (): boolean => !this.#stopped && (this.#isAnswering || this.#running > 0);
    await this.#turns.after(entries, areSending);
  }

  async #receive(messages: AsyncIterable<Buffer>): Promise<void> {
    for await (const message of messages) {
      const id = requestedId(message);
      if (id !== undefined) {
        this.#queue(id);
        continue;
      }
      const { type = packets.stat, ID = 0, data } = packetIn(message);
      if (type === packets.request) this.#queue(ID);
      else if (type === packets.end) {
        await this.#send(packet({ type: packets.end }));
        return;
      } else if (type === packets.error)
        throw new GrpcError(codes.aborted, `error from receiver: ${textOf(data)}`);
    }
    throw new GrpcError(codes.cancelled, 'closed before the end');
  }

  #queue(id: number): void {
    const source = this.#sources.take(id);
    if (source === undefined) throw new GrpcError(codes.invalidArgument, `invalid file id ${id}`);
    this.#reports.requested('bytes' in source ? source.bytes.length : source.size);
    this.#requested.push([id, source]);
    if (this.#isAnswering) return;
    this.#isAnswering = true;
    this.#answer().catch((error: unknown) => this.#fail(error));
  }

  /** Answers what is requested, in that order. */
  async #answer(): Promise<void> {
    const pace = new Pace();
    for (;;) {
      const next = this.#requested[this.#taken];
      if (next === undefined || this.#stopped) break;
      this.#taken++;
      const [id, source] = next;
      if ('bytes' in source) await this.#bytes(id, source.bytes);
      else if (source.size <= smallBytes && this.#speed.isFast) {
        const full = this.#smallFile(id, source);
        if (full) await full;
        if (pace.isDue) await pace.turn();
      } else await this.#startLargeFile(id, source);
    }
    this.#taken = this.#requested.length = 0;
    // Here and not in a callback, before which another request could arrive.
    this.#isAnswering = false;
    if (this.#running === 0) this.#turns.wake();
  }

  async #bytes(id: number, bytes: Uint8Array): Promise<void> {
    const head = Buffer.alloc(dataRoom);
    const at = writeDataHead(head, 0, { id, length: bytes.length });
    if (bytes.length > 0) await this.#send(Buffer.concat([head.subarray(0, at), bytes]));
    await this.#end(id);
  }

  /** A small file is read to where it is sent from. */
  #smallFile(id: number, { file, size, measured }: FileSource): Promise<void> | undefined {
    const outbox = this.#outbox;
    const start = outbox.place(2 * dataRoom + size);
    let end = start;
    if (size > 0) {
      end = writeDataHead(outbox.buffer, start, { id, length: size });
      this.#speed.measure(1, () => readSmallFile(file, measured, outbox.buffer, end));
      end += size;
    }
    end = writeDataHead(outbox.buffer, end, { id, length: 0 });
    this.#count(end - start, true);
    return outbox.placed(end - start);
  }

  /** Resolves when there is room for another one. */
  async #startLargeFile(id: number, source: FileSource): Promise<void> {
    this.#running++;
    this.#speed.skip(1);
    this.#largeFile(id, source).then(
      () => {
        this.#running--;
        this.#ended();
        if (this.#running === 0 && !this.#isAnswering) this.#turns.wake();
      },
      (error: unknown) => this.#fail(error),
    );
    while (this.#running >= parallel && !this.#stopped)
      await new Promise<void>((resolve) => (this.#ended = resolve));
  }

  async #largeFile(id: number, { file, size, measured }: FileSource): Promise<void> {
    if (size > 0) {
      const opened = await openMeasured(file, measured);
      try {
        for (let left = size; left > 0 && !this.#stopped;) {
          const most = Math.min(chunkBytes, left);
          const buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(dataRoom + chunkBytes);
          const length = await opened.read(buffer, dataRoom, most);
          left -= length;
          const start = dataRoom - dataHeadBytes(id, length);
          writeDataHead(buffer, start, { id, length });
          await this.#send(buffer.subarray(start, dataRoom + length), () =>
            this.#spare.push(buffer),
          );
        }
      } finally {
        opened.close();
      }
    }
    await this.#end(id);
  }

  #end(id: number): Promise<void> | undefined {
    const start = this.#outbox.place(dataRoom);
    const end = writeDataHead(this.#outbox.buffer, start, { id, length: 0 });
    this.#count(end - start, true);
    return this.#outbox.placed(end - start);
  }

  #count(bytes: number, isFileEnd: boolean): void {
    this.#reports.sent(bytes, isFileEnd);
    this.#turns.count(bytes, isFileEnd);
  }

  #send(bytes: Buffer, done?: () => void): Promise<void> | undefined {
    this.#count(bytes.length, false);
    return this.#outbox.send(bytes, done);
  }
}

function packetIn(message: Buffer) {
  try {
    return readPacket(message);
  } catch {
    throw new GrpcError(codes.invalidArgument, 'invalid packet');
  }
}

function textOf(data: Uint8Array | undefined): string {
  return Buffer.from(data ?? []).toString();
}
