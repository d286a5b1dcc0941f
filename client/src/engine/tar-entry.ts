/** An entry of a tar stream. */

export interface TarEntry {
  /** Without the trailing slash of a directory. If the name is not UTF-8, its invalid bytes are replacement characters. */
  readonly name: string;
  /** The bytes of the name, if it is not UTF-8. */
  readonly nameBytes?: Uint8Array;
  readonly kind: 'file' | 'directory' | 'link' | 'hardlink' | 'other';
  /** Unix permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  /** Bytes of a file; 0 for other entries. */
  readonly size: number;
  readonly modified?: Date;
  readonly linkTarget?: string;
  /** The bytes of the link target, if it is not UTF-8. */
  readonly linkTargetBytes?: Uint8Array;
  readonly user?: number;
  readonly group?: number;
  /** Extended attributes of the file by name, such as `security.capability`. */
  readonly attributes?: ReadonlyMap<string, Uint8Array>;
  /** Whether the archive gets the fraction of the second of `modified`, too. */
  readonly exactTime?: true;
  /** Exactly `size` bytes; can be read once. */
  readonly content?: () => AsyncIterable<Uint8Array>;
}

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
