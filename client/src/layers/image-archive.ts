/**
 * Reads the archive of `docker save` in one pass. Both formats are a tar archive of files that name each other, in any order:
 * `manifest.json` with `ID/layer.tar` (https://github.com/moby/moby/blob/v20.10.24/image/tarexport/save.go), and the OCI image
 * layout with `index.json` and `blobs/sha256/*` (https://github.com/opencontainers/image-spec/blob/main/image-layout.md).
 */
import { t } from '@vscode/l10n';
import { decompressed } from '../engine/decompress.ts';
import { EngineError } from '../engine/errors.ts';
import { ByteReader, unpackTar, type TarEntry } from '../engine/tar.ts';
import {
  limits as standardLimits,
  readLayer,
  type LayerFiles,
  type Limits,
} from './layer-files.ts';
import { describeImage, type ConfigStep } from './image-config.ts';
import { PathTable } from './path-table.ts';

export interface SavedImage {
  readonly paths: PathTable;
  /** The lowest first. A layer that occurs twice is the same object twice. */
  readonly layers: readonly LayerFiles[];
  /** The steps in the image config, the first first; empty if it has none. */
  readonly steps: readonly ConfigStep[];
}

export interface ReadOptions {
  /** Called with the number of bytes of the archive that have been read. */
  readonly onBytes?: (bytes: number) => void;
  readonly limits?: Limits;
}

/** JSON files of images have some kilobytes; those of images with many labels some hundred. */
const longestJson = 8_000_000;
const mostJson = 64_000_000;

/**
 * Reads the files of all layers of an image. Contents are not kept. Rejects with EngineError if the archive is damaged, in an
 * unknown format, or has too many files, otherwise with the error of the stream.
 */
export async function readImageArchive(
  stream: AsyncIterable<Uint8Array>,
  { onBytes = () => undefined, limits = standardLimits }: ReadOptions = {},
): Promise<SavedImage> {
  const paths = new PathTable();
  const budget = { left: limits.entries, limits };
  const layers = new Map<string, LayerFiles>();
  const texts = new Map<string, string>();
  const links = new Map<string, string>();
  let jsonBytes = 0;
  for await (const entry of unpackTar(counted(stream, onBytes))) {
    const name = normalized(entry.name);
    if (entry.kind === 'link' || entry.kind === 'hardlink') links.set(name, targetOf(entry, name));
    if (entry.kind !== 'file' || entry.content === undefined || entry.size === 0) continue;
    const reader = new ByteReader(entry.content());
    const head = Buffer.from(await reader.take(512));
    const content = rest(head, reader);
    if (isCompressed(head) || isTar(head)) {
      layers.set(name, await readLayer(decompressed(head, content), paths, budget));
    } else if (entry.size <= longestJson && (jsonBytes += entry.size) <= mostJson) {
      texts.set(name, await textOf(content));
    }
  }
  const { layerNames, steps } = describeImage((name) => texts.get(linked(name, links)));
  const found = layerNames.map((name) => layers.get(linked(name, links)));
  const complete = found.filter((layer) => layer !== undefined);
  if (complete.length === 0 || complete.length < found.length) throw incomplete();
  return { paths, layers: complete, steps };
}

function incomplete(): EngineError {
  return new EngineError('failed', t('The engine sent an image without all of its layers'));
}

async function* counted(
  stream: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    onBytes(bytes);
    yield chunk;
  }
}

function normalized(name: string): string {
  return name.replace(/^(?:\.?\/)+/, '');
}

/** The file that a link names, from the root of the archive. Equal layers are links to the first one. */
function targetOf({ kind, linkTarget = '' }: TarEntry, name: string): string {
  if (kind === 'hardlink') return normalized(linkTarget);
  const parts = name.split('/').slice(0, -1);
  for (const part of linkTarget.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Follows links, also to links, but not in circles. */
function linked(name: string, links: ReadonlyMap<string, string>): string {
  let found = normalized(name);
  for (let steps = 0; steps < 8; steps++) found = links.get(found) ?? found;
  return found;
}

async function* rest(head: Buffer, reader: ByteReader): AsyncGenerator<Uint8Array> {
  yield head;
  for (let chunk = await reader.some(1 << 20); chunk; chunk = await reader.some(1 << 20)) {
    yield chunk;
  }
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function isCompressed(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4);
  return magic.startsWith('\x1f\x8b') || magic === '\x28\xb5\x2f\xfd';
}

/** Whether this is the first block of a tar archive: a header with its checksum, or the end of an empty archive. */
function isTar(block: Buffer): boolean {
  if (block.length < 512) return false;
  if (block.every((byte) => byte === 0)) return true;
  const expected = parseInt(block.toString('latin1', 148, 156).replace(/[ \0]+/g, ''), 8);
  let sum = 8 * 32;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return expected === sum;
}
