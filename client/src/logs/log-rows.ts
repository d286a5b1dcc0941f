/** The rows that the page shows, from the lines of the store. */
import { levels } from './levels.ts';
import { findFileLinks, type FileLink } from './file-links.ts';
import { lineParts, textOf, withLinks } from './line-parts.ts';
import {
  continuationBit,
  errorBit,
  levelMask,
  markerBit,
  rawLine,
  shownLine,
} from './log-chunk.ts';
import { sourceOf, timeOf, type LogStore, type StoredLine } from './log-store.ts';
import type { Marker } from './markers.ts';
import type { LineRow, LogRow, TextPart } from './page.ts';
import type { WorkspaceLinks } from './workspace-links.ts';

export interface LogRowsOptions {
  readonly store: LogStore;
  readonly links: WorkspaceLinks;
}

export class LogRows {
  readonly #options: LogRowsOptions;
  /** By the number of the line. */
  readonly #markers = new Map<number, Marker>();
  readonly #open = new Set<number>();

  constructor(options: LogRowsOptions) {
    this.#options = options;
  }

  clear(): void {
    this.#markers.clear();
    this.#open.clear();
  }

  addMarker(line: number, marker: Marker): void {
    this.#markers.set(line, marker);
    // Those of lines that are not kept any more.
    for (const known of this.#markers.keys()) {
      if (known >= this.#options.store.first) break;
      this.#markers.delete(known);
    }
  }

  open(line: number, isOpen: boolean): void {
    if (isOpen) this.#open.add(line);
    else this.#open.delete(line);
  }

  /** Undefined if the line is not kept any more. */
  row(place: number, number: number): LogRow | undefined {
    const line = this.#options.store.line(number);
    if (line === undefined) return undefined;
    const base = { place, line: number, time: timeOf(line), source: sourceOf(line) };
    const bits = line.chunk.bits[line.index] ?? 0;
    const marker = this.#markers.get(number);
    if (marker !== undefined || (bits & markerBit) !== 0) {
      const { icon, title, detail, actions } = marker ?? { icon: 'info', title: rawLine(line.chunk, line.index), detail: '', actions: [] }; // prettier-ignore
      return { ...base, kind: 'marker', icon, title, detail, actions };
    }
    const level = (bits & continuationBit) === 0 ? levels[bits & levelMask] : undefined;
    return { ...base, kind: 'line', level: level ?? 'none', isError: (bits & errorBit) !== 0, ...this.#content(line) }; // prettier-ignore
  }

  /** The places in files that a line names, in the order of the numbers of its links. */
  linksOf(number: number): readonly FileLink[] {
    const line = this.#options.store.line(number);
    if (line === undefined) return [];
    const { parts, details } = lineParts(rawLine(line.chunk, line.index));
    return [...findFileLinks(textOf(parts)), ...(details === undefined ? [] : findFileLinks(textOf(details())))]; // prettier-ignore
  }

  /** The number of the container of a line. */
  sourceOf(number: number): number | undefined {
    const line = this.#options.store.line(number);
    return line && sourceOf(line);
  }

  /** The text of a line as it is shown, but all of it. */
  textOf(number: number): string {
    const line = this.#options.store.line(number);
    return line === undefined ? '' : shownLine(line.chunk, line.index);
  }

  /** The file of the workspace that a path names; undefined if there is none, or if it is not known yet. */
  fileOf(path: string): string | undefined {
    return this.#options.links.fileOf(path);
  }

  /** Looks up the files of paths; resolves to whether one is new. */
  findFiles(paths: readonly string[]): Promise<boolean> {
    return this.#options.links.find(paths);
  }

  #content(line: StoredLine): Pick<LineRow, 'parts' | 'marks' | 'canOpen' | 'details'> {
    const { parts, details } = lineParts(rawLine(line.chunk, line.index));
    const links = findFileLinks(textOf(parts));
    const isOpen = details !== undefined && this.#open.has(line.number);
    return {
      parts: this.#linked(parts, links, 0),
      marks: [],
      canOpen: details !== undefined,
      ...(isOpen && { details: this.#linkedDetails(details(), links.length) }),
    };
  }

  #linkedDetails(parts: readonly TextPart[], first: number): readonly TextPart[] {
    return this.#linked(parts, findFileLinks(textOf(parts)), first);
  }

  /** Only files of the workspace are links. */
  #linked(
    parts: readonly TextPart[],
    links: readonly FileLink[],
    first: number,
  ): readonly TextPart[] {
    const all = withLinks(parts, links, first);
    return all.map((part) => {
      const path = part.link === undefined ? undefined : links[part.link - first]?.path;
      if (path === undefined || this.#options.links.fileOf(path) !== undefined) return part;
      return { text: part.text, ...(part.style !== undefined && { style: part.style }) };
    });
  }
}
