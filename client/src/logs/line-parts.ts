/** How a line of a log is shown: its text in parts with styles and links. */
import { ansiClasses, parseAnsi } from '../ui/ansi-text.ts';
import { lastState } from './clean-text.ts';
import { findFileLinks, type FileLink } from './file-links.ts';
import { layOut, parseJsonLine, summarize } from './json-line.ts';
import type { TextPart } from './page.ts';

/** Characters of a line that are shown; of a longer one, all are shown when it is open. */
const shownLength = 2000;
const openLength = 200_000;

export interface ShownLine {
  readonly parts: readonly TextPart[];
  /** Undefined if there is nothing more to show. */
  readonly details: (() => readonly TextPart[]) | undefined;
}

/** The parts of a line from its text as the container wrote it. */
export function lineParts(raw: string): ShownLine {
  const text = lastState(raw);
  const json = parseJsonLine(text);
  if (json !== undefined) {
    const summary = cut(summarize(json));
    // An object without a message and fields is shown as it is.
    const parts = summary.length > 0 ? summary : [{ text }];
    return { parts, details: () => layOut(json) };
  }
  const all = styledParts(text.slice(0, openLength));
  const length = all.reduce((sum, part) => sum + part.text.length, 0);
  if (length <= shownLength) return { parts: all, details: undefined };
  return { parts: cut(all), details: () => all };
}

/** The first characters of parts. */
function cut(parts: readonly TextPart[]): readonly TextPart[] {
  const shown: TextPart[] = [];
  let rest = shownLength;
  for (const part of parts) {
    if (part.text.length > rest) return [...shown, { ...part, text: `${part.text.slice(0, rest)}…` }]; // prettier-ignore
    shown.push(part);
    rest -= part.text.length;
  }
  return shown;
}

function styledParts(text: string): readonly TextPart[] {
  if (!/[\0-\x08\x0a-\x1f\x7f-\x9f]/.test(text)) return plainParts(text);
  return parseAnsi(text).segments.map(({ text: segment, style }) => {
    const classes = ansiClasses(style);
    return classes === '' ? { text: segment } : { text: segment, style: classes };
  });
}

/** The status in the line of a web server. */
const status = /(HTTP\/\d(?:\.\d)?" )(\d{3})\b/;

function plainParts(text: string): readonly TextPart[] {
  const found = status.exec(text);
  if (found === null) return [{ text }];
  const at = found.index + (found[1] ?? '').length;
  const code = found[2] ?? '';
  return [
    { text: text.slice(0, at) },
    { text: code, style: code < '400' ? 'g' : 'n' },
    { text: text.slice(at + code.length) },
  ];
}

/** The whole text of parts. */
export function textOf(parts: readonly TextPart[]): string {
  return parts.map(({ text }) => text).join('');
}

/** Makes the places of these links links, numbered from `first` on. */
export function withLinks(
  parts: readonly TextPart[],
  links: readonly FileLink[],
  first: number,
): readonly TextPart[] {
  if (links.length === 0) return parts;
  const linked: TextPart[] = [];
  let at = 0;
  for (const part of parts) {
    const end = at + part.text.length;
    let from = at;
    const add = (to: number, link?: number): void => {
      if (to > from) linked.push({ ...part, text: part.text.slice(from - at, to - at), ...(link !== undefined && { link }) }); // prettier-ignore
      from = Math.max(from, to);
    };
    for (const [index, link] of links.entries()) {
      if (link.end <= from || link.start >= end) continue;
      add(Math.max(from, link.start));
      add(Math.min(end, link.end), first + index);
    }
    add(end);
    at = end;
  }
  return linked;
}

/** The links in parts. */
export function linksIn(parts: readonly TextPart[]): readonly FileLink[] {
  return findFileLinks(textOf(parts));
}
