/** Tar streams, the form in which the engine takes and gives files. Names are as they stand in the archive: hostile. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Header, type Pack } from 'tar-stream';

export interface TarEntry {
  /** Without the slash that ends a directory's. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'hardlink' | 'other';
  /** Unix permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  /** Bytes of a file; 0 for all else. */
  readonly size: number;
  readonly modified?: Date;
  readonly linkTarget?: string;
  readonly user?: number;
  readonly group?: number;
  /** Exactly `size` bytes; can be read once. */
  readonly content?: () => AsyncIterable<Uint8Array>;
}

/** Entries are asked for only as fast as the tar is read. */
export async function* packTar(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const tar = pack();
  const stop = new AbortController();
  const feeding = feed(tar, entries, stop.signal).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error as Error),
  );
  try {
    for await (const chunk of tar as AsyncIterable<Uint8Array>) yield chunk;
  } finally {
    stop.abort();
    tar.destroy();
    await feeding;
  }
}

async function feed(
  tar: Pack,
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
  signal: AbortSignal,
): Promise<void> {
  for await (const entry of entries) {
    if (signal.aborted) return;
    await new Promise<void>((resolve, reject) => {
      const sink = tar.entry(header(entry), (error) => {
        if (error) reject(error);
        else resolve();
      });
      if (entry.kind === 'file') fill(sink, entry, signal).catch(reject);
    });
  }
}

async function fill(
  sink: ReturnType<Pack['entry']>,
  entry: TarEntry,
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of entry.content?.() ?? []) {
    if (!sink.write(chunk)) await once(sink, 'drain', { signal });
  }
  sink.end(undefined);
}

function header(entry: TarEntry): Parameters<Pack['entry']>[0] {
  const { kind, mode, size, modified, linkTarget, user, group } = entry;
  return {
    name: kind === 'directory' ? `${entry.name}/` : entry.name,
    type: tarTypes[kind],
    // tar-stream takes 0 for no mode at all; the higher bit is masked again.
    mode: mode | 0o100000,
    size: kind === 'file' ? size : 0,
    ...(modified && { mtime: modified }),
    ...(linkTarget !== undefined && { linkname: linkTarget }),
    ...(user !== undefined && { uid: user }),
    ...(group !== undefined && { gid: group }),
  };
}

const tarTypes = {
  file: 'file',
  directory: 'directory',
  link: 'symlink',
  hardlink: 'link',
  other: 'fifo',
} as const;

/** Content must be read through, or not at all, before the next entry is asked for. */
export async function* unpackTar(
  tar: AsyncIterable<Uint8Array>,
): AsyncGenerator<TarEntry, void, undefined> {
  const reader = extract();
  const source = Readable.from(tar, { objectMode: true });
  const reading = pipeline(source, reader);
  // The error is told by the iteration, or below where the tar ends too early.
  reading.catch(() => undefined);
  try {
    for await (const entry of reader) {
      yield { ...entryOf(entry.header), content: () => entry as AsyncIterable<Uint8Array> };
      // Does nothing where it was read.
      entry.resume();
    }
    await reading;
  } finally {
    source.destroy();
    reader.destroy();
  }
}

function entryOf(header: Header): TarEntry {
  const linkTarget = header.linkname as string | null;
  return {
    name: header.name.replace(/(?<=[^/])\/+$/, ''),
    kind: kinds[header.type] ?? 'other',
    mode: header.mode & 0o7777,
    size: header.size,
    modified: header.mtime,
    ...(linkTarget !== null && { linkTarget }),
    user: header.uid,
    group: header.gid,
  };
}

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'link',
  link: 'hardlink',
};

/** A file of a tar that is already in memory. */
export function fileEntry(name: string, content: string | Uint8Array, mode = 0o644): TarEntry {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    kind: 'file',
    mode,
    size: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await
    content: async function* () {
      yield bytes;
    },
  };
}
