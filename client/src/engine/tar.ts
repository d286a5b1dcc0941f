/** Tar streams, the format in which the engine sends and receives files. Names in archives are untrusted. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Header, type Pack } from 'tar-stream';

export interface TarEntry {
  /** Without the trailing slash of a directory. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'hardlink' | 'other';
  /** Unix permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  /** Bytes of a file; 0 for other entries. */
  readonly size: number;
  readonly modified?: Date;
  readonly linkTarget?: string;
  readonly user?: number;
  readonly group?: number;
  /** Exactly `size` bytes; can be read once. */
  readonly content?: () => AsyncIterable<Uint8Array>;
}

/** Creates a tar stream. Entries are read only as fast as the stream is. */
export async function* packTar(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const tar = pack();
  const stop = new AbortController();
  const writing = writeEntries(tar, entries, stop.signal).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error as Error),
  );
  try {
    for await (const chunk of tar as AsyncIterable<Uint8Array>) yield chunk;
  } finally {
    stop.abort();
    tar.destroy();
    await writing;
  }
}

async function writeEntries(
  tar: Pack,
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
  signal: AbortSignal,
): Promise<void> {
  for await (const entry of entries) {
    if (signal.aborted) return;
    await new Promise<void>((resolve, reject) => {
      const sink = tar.entry(tarHeader(entry), (error) => {
        if (error) reject(error);
        else resolve();
      });
      if (entry.kind === 'file') writeContent(sink, entry, signal).catch(reject);
    });
  }
}

async function writeContent(
  sink: ReturnType<Pack['entry']>,
  entry: TarEntry,
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of entry.content?.() ?? []) {
    if (!sink.write(chunk)) await once(sink, 'drain', { signal });
  }
  sink.end(undefined);
}

function tarHeader(entry: TarEntry): Parameters<Pack['entry']>[0] {
  const { kind, mode, size, modified, linkTarget, user, group } = entry;
  return {
    name: kind === 'directory' ? `${entry.name}/` : entry.name,
    type: tarTypes[kind],
    // tar-stream treats mode 0 as missing; it masks this higher bit when it writes.
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

/** Reads a tar stream. The content of an entry must be read completely, or not at all, before the next entry. */
export async function* unpackTar(
  tar: AsyncIterable<Uint8Array>,
): AsyncGenerator<TarEntry, void, undefined> {
  const reader = extract();
  const source = Readable.from(tar, { objectMode: true });
  const reading = pipeline(source, reader);
  // The loop reports the error, or the `await` below if the archive is truncated.
  reading.catch(() => undefined);
  try {
    for await (const entry of reader) {
      yield { ...toTarEntry(entry.header), content: () => entry as AsyncIterable<Uint8Array> };
      // Skips content that was not read.
      entry.resume();
    }
    await reading;
  } finally {
    source.destroy();
    reader.destroy();
  }
}

function toTarEntry(header: Header): TarEntry {
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

/** A tar entry for a file whose content is in memory. */
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
