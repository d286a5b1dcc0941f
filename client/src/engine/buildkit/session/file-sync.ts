/**
 * Sends files of directories to BuildKit: only those that it requests (github.com/tonistiigi/fsutil, send.go). A frontend can
 * be any image, so it gets the named directories and nothing outside them.
 */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { readError } from '../../build-context/disk.ts';
import type { ContextEntry } from '../../build-context/entry.ts';
import { selectionOf } from '../../build-context/selection.ts';
import { walkInParts, type WalkOptions } from '../../build-context/walk.ts';
import { messagesOf } from '../grpc/frames.ts';
import type { Metadata } from '../grpc/metadata.ts';
import { Outbox } from '../grpc/outbox.ts';
import type { Method } from '../grpc/server.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { int64 } from '../messages.ts';
import { packet, packets } from './packets.ts';
import { Sender, type ListTurns, type SenderReports } from './sender.ts';
import { Sources } from './sources.ts';
import { statRoom, writeStat, type Described } from './stat-packet.ts';

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
    const reports: Reports = {
      sent: (bytes, isFileEnd) => options.sent(name, bytes, isFileEnd),
      offered: (bytes) => options.offered?.(name, bytes),
      requested: (bytes) => options.requested?.(name, bytes),
    };
    try {
      const outbox = new Outbox(stream);
      const { sources, list } = await listingOf(directory, { metadata, outbox, reports });
      await new Sender(outbox, sources, reports).run(list, messagesOf(stream));
      options.finished(name);
    } catch (error) {
      if (!(error instanceof GrpcError)) options.failed(error);
      throw error;
    }
  };
}

interface Reports extends SenderReports {
  /** Called for each file that BuildKit may request. */
  readonly offered: (bytes: number) => void;
}

interface Listing {
  readonly sources: Sources;
  /** Adds all entries to the sources and to the outbox. */
  readonly list: (turns: ListTurns) => Promise<void>;
}

interface Listed {
  readonly metadata: Metadata;
  readonly outbox: Outbox;
  readonly reports: Reports;
}

async function listingOf(directory: SharedDirectory, listed: Listed): Promise<Listing> {
  if (directory.kind === 'files') return memoryListing(directory.files, listed);
  const root = await realpath(directory.path).catch((error: unknown) => {
    throw readError(directory.path, error);
  });
  const sources = new Sources(root);
  const list: Listing['list'] = async (turns) => listDirectory(root, { ...listed, sources, turns });
  return { sources, list };
}

/** All of them, whatever is requested: they are few. */
function memoryListing(
  files: ReadonlyMap<string, Uint8Array>,
  { outbox, reports }: Listed,
): Listing {
  const sources = new Sources();
  const sorted = [...files].sort(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  const list = async (): Promise<void> => {
    for (const [name, bytes] of sorted) {
      const stat = {
        path: Buffer.from(name),
        mode: 0o644,
        size: bytes.length,
        // Old engines request a file again only if its size or its time differs, so the time must change with the content.
        modTime: int64(createHash('sha256').update(bytes).digest().readBigUInt64BE() >> 4n),
      };
      sources.addBytes(bytes);
      reports.offered(bytes.length);
      const part = packet({ type: packets.stat, stat });
      reports.sent(part.length, false);
      await outbox.send(part);
    }
  };
  return { sources, list };
}

interface DirectoryListed extends Listed {
  readonly sources: Sources;
  readonly turns: ListTurns;
}

async function listDirectory(root: string, listed: DirectoryListed): Promise<void> {
  const { metadata, turns } = listed;
  const links = new HardLinks();
  for await (const part of walkInParts(root, await requestedIn(root, metadata))) {
    const described = part.map((entry) => ({ entry, hardLink: links.firstName(entry) }));
    for (let at = 0; at < described.length; at += turns.most) {
      const some = described.slice(at, at + turns.most);
      await turns.next(some.length);
      if (turns.isStopped()) return;
      describe(some, listed);
    }
  }
}

function describe(some: readonly Described[], listed: DirectoryListed): void {
  const { outbox, reports, sources } = listed;
  const start = outbox.place(some.reduce((room, one) => room + statRoom(one), 0));
  let end = start;
  for (const one of some) {
    end = writeStat(outbox.buffer, end, one);
    addSource(sources, one, reports);
  }
  reports.sent(end - start, false);
  void outbox.placed(end - start);
}

function addSource(sources: Sources, { entry, hardLink }: Described, reports: Reports): void {
  // The receiver counts a hard link like a file, but never requests it.
  if (entry.kind === 'socket') sources.addBytes(new Uint8Array());
  else if (entry.kind === 'file' && hardLink === undefined) {
    sources.addFile(entry);
    reports.offered(Number(entry.stats.size));
  } else sources.addNothing();
}

async function requestedIn(root: string, metadata: Metadata): Promise<WalkOptions> {
  const selection = await selectionOf(root, {
    followed: metadata.get('followpaths'),
    included: metadata.get('include-patterns') ?? [],
    excluded: metadata.get('exclude-patterns') ?? [],
  });
  if (selection === undefined) throw new GrpcError(codes.invalidArgument, 'invalid pattern');
  return selection;
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
