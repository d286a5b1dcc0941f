/** Keywords of instructions, and where the instruction on a line is. */
import type { Span } from '../text/span.ts';
import { isDelimiter } from './characters.ts';
import { type Line, skipSpace, spanOf, trimEnd } from './lexer.ts';
import type { Kind } from './tree.ts';

const keywords = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const;

/** The keys are in uppercase and in lowercase, so that most keywords are found without converting them. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  keywords.flatMap((kind) => [[kind, kind] as const, [kind.toLowerCase(), kind] as const]),
);

/** The kind of the instruction on a line, and its place without heredocs. */
export function placeOf(line: Line): { readonly kind: Kind; readonly span: Span } {
  const { text, danglingEnd } = line;
  const start = skipSpace(text, line.from, line.to);
  const to = trimEnd(text, start, line.to);
  const span = spanOf(line, start, to);
  return {
    kind: kindOf(text.slice(start, wordEnd(text, start, to))),
    span: danglingEnd === undefined ? span : { start: span.start, end: danglingEnd },
  };
}

/** The kind of instruction that a keyword begins. */
export function kindOf(keyword: string): Kind {
  return kinds.get(keyword) ?? kinds.get(keyword.toLowerCase()) ?? 'unknown';
}

/** The index of the whitespace after a word. */
export function wordEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isDelimiter(text.charCodeAt(at))) at++;
  return at;
}
