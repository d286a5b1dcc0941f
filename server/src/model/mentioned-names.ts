/** A quick check of which texts contain a name, so that only the scripts that use a variable are read for its uses. */

import type { Span } from '../text/span.ts';
/** Returns whether a text may contain one of the names; false only if it contains none of them as a whole word. */
export function nameFinder(names: ReadonlySet<string>): (text: string, span: Span) => boolean {
  if (names.size === 0) return () => false;
  // A name of cmd.exe can contain other characters, which do not end a word there.
  for (const name of names) if (!/^[A-Za-z_]\w*$/.test(name)) return () => true;
  const lengths = new Uint32Array(128);
  for (const name of names) {
    const first = name.charCodeAt(0);
    lengths[first] = (lengths[first] ?? 0) | lengthBit(name.length);
  }
  return (text, { start, end }) => {
    let at = start;
    while (at < end) {
      if (!isWordPart(text.charCodeAt(at))) {
        at++;
        continue;
      }
      const from = at;
      while (at < end && isWordPart(text.charCodeAt(at))) at++;
      // A name can continue on the next line.
      if (isContinued(text, at)) return true;
      const known = lengths[text.charCodeAt(from)] ?? 0;
      if ((known & lengthBit(at - from)) !== 0 && names.has(text.slice(from, at))) return true;
    }
    return false;
  };
}

/** The bit of a length; lengths from 31 on have one in common. */
function lengthBit(length: number): number {
  return 1 << Math.min(length, 31);
}

function isWordPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 48 && code <= 57)
  );
}

/** Whether an escape character directly before a line break follows. */
function isContinued(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== BACKSLASH && code !== BACKTICK && code !== CARET) return false;
  let next = at + 1;
  while (isBlank(text.charCodeAt(next))) next++;
  return text.charCodeAt(next) === LINE_FEED;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

const LINE_FEED = 10;
const BACKSLASH = 92;
const CARET = 94;
const BACKTICK = 96;
