/**
 * Scripts that are one line for their shell, however many lines they have in the file: those of RUN without heredocs.
 */
import type { MaskedText } from '../text/span.ts';
import { parseScript, parseSource } from './parse.ts';
import type { Dialect, Script, Statement } from './script.ts';
import { DirectSource } from './source.ts';

/**
 * Like parseScript, but a comment extends to the end of the script: BuildKit removes continuations before a shell sees
 * them.
 */
export function parseOneLine(script: MaskedText, dialect: Dialect): Script {
  const result = parseSource(new DirectSource(script), dialect);
  if (!script.text.includes('#') || (dialect !== 'sh' && dialect !== 'bash')) return result;
  return withoutComment(result, script);
}

/** The script before a comment, if there is one whose line is continued. */
function withoutComment(result: Script, { at, text }: MaskedText): Script {
  let checked = 0;
  for (let hash = text.indexOf('#'); hash >= 0; hash = text.indexOf('#', hash + 1)) {
    if (!beginsComment(text, hash)) continue;
    if (checked++ > maxHashes) break;
    if (result.statements.some((one) => covers(one, at + hash))) continue;
    return parseScript({ at, text: text.slice(0, hash).padEnd(text.length) }, result.dialect);
  }
  return result;
}

/** The number of `#` inside words that are checked; each requires a search of the statements. */
const maxHashes = 200;

/** A comment begins where a word would begin, and matters only if its line is continued. */
function beginsComment(text: string, hash: number): boolean {
  if (hash > 0 && !/[\s;&|()]/.test(text[hash - 1] ?? '')) return false;
  const end = text.indexOf('\n', hash);
  return end > 0 && text[end - 1] === '\\';
}

/** Whether an offset is in a word of a statement, and so not in a comment. */
function covers(statement: Statement, at: number): boolean {
  if (at < statement.span.start || at >= statement.span.end) return false;
  const inside = ({ span }: Pick<Statement, 'span'>): boolean => span.start <= at && at < span.end;
  switch (statement.kind) {
    case 'command': {
      const { name, assignments, args, redirects } = statement;
      return [...assignments, ...(name ? [name] : []), ...args, ...redirects].some(inside);
    }
    case 'pipeline':
    case 'chain':
      return statement.parts.some((part) => covers(part, at));
    case 'block': {
      const { words, redirects, bodies } = statement;
      return [...words, ...redirects].some(inside) || bodies.some((part) => covers(part, at));
    }
  }
}
