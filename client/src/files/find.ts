/**
 * Searches for text in the files of a directory of a container, volume or image. The engine's archive of the directory is read, so
 * that it works in every state and without programs; what the archive does not have is not searched: `/proc`, `/sys` and tmpfs.
 */
import { isWithin, joinPath, normalizePath, textOfBytes } from '../engine/files/names.ts';
import { unpackTar, type TarEntry } from '../engine/tar.ts';
import type { FileRef, FileTools } from '../ui/files.ts';

export interface FoundLine {
  /** Absolute in the place. */
  readonly path: string;
  /** From 0 on, in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The text of the line around the match. */
  readonly text: string;
}

export interface FindResult {
  /** At most one per line, in the order of the archive. */
  readonly lines: readonly FoundLine[];
  /** How many files were searched. */
  readonly searched: number;
  /** Whether all files were searched, or only as many as give the largest number of lines. */
  readonly isComplete: boolean;
}

export interface FindOptions {
  readonly text: string;
  readonly signal: AbortSignal;
  /** Called with the number of files that were searched so far. */
  readonly report: (searched: number) => void;
}

const mostLines = 1000;
/** Larger files are dumps and images. Bytes. */
const largestSearched = 20 * 1024 * 1024;
/** A null character in the first bytes means that a file is not text, as for Git. */
const inspectedBytes = 8000;
/** Characters before and after the match. */
const shownBefore = 40;
const shownAfter = 160;
/** Milliseconds between two reports. */
const reportInterval = 200;

/** Uppercase and lowercase are the same. Links are not followed. Rejects with EngineError, also if the signal is aborted. */
export async function findInFiles(
  files: Pick<FileTools, 'archive'>,
  directory: FileRef,
  { text, signal, report }: FindOptions,
): Promise<FindResult> {
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  const lines: FoundLine[] = [];
  let searched = 0;
  let reported = performance.now();
  for await (const entry of unpackTar(files.archive(directory, signal))) {
    const path = pathOf(entry, directory.path);
    if (entry.kind !== 'file' || path === undefined || entry.size > largestSearched) continue;
    searched += 1;
    for (const line of linesWith(pattern, await contentOf(entry))) {
      if (lines.length === mostLines) return { lines, searched, isComplete: false };
      lines.push({ path, ...line });
    }
    if (performance.now() - reported < reportInterval) continue;
    reported = performance.now();
    report(searched);
  }
  return { lines, searched, isComplete: true };
}

/** Undefined for names that lead out of the directory: they are untrusted. */
function pathOf({ name, nameBytes }: TarEntry, directory: string): string | undefined {
  const text = textOfBytes(nameBytes ?? Buffer.from(name));
  const path = normalizePath(joinPath(directory, text));
  return isWithin(path, normalizePath(directory)) ? path : undefined;
}

/** Empty if the file is not text. */
async function contentOf({ content }: TarEntry): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content?.() ?? []) {
    // The memory of a part is used again for the next one.
    parts.push(new Uint8Array(part));
    if (parts.length === 1 && part.subarray(0, inspectedBytes).includes(0)) return '';
  }
  return Buffer.concat(parts).toString('utf8');
}

function* linesWith(pattern: RegExp, content: string): Generator<Omit<FoundLine, 'path'>> {
  let line = 0;
  let start = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(content); match !== null; match = pattern.exec(content)) {
    for (
      let feed = content.indexOf('\n', start);
      feed >= 0 && feed < match.index;
      feed = content.indexOf('\n', start)
    ) {
      line += 1;
      start = feed + 1;
    }
    const feed = content.indexOf('\n', match.index);
    const end = feed < 0 ? content.length : feed;
    const from = Math.max(start, match.index - shownBefore);
    const shown = content.slice(from, Math.min(end, match.index + shownAfter)).trim();
    const text = from > start ? `…${shown}` : shown;
    yield { line, column: match.index - start, length: match[0].length, text };
    if (feed < 0) return;
    pattern.lastIndex = feed;
  }
}
