/** Parses any script with the parser of its dialect. */
import type { MaskedText } from '../text/span.ts';
import { parseCmd } from './cmd.ts';
import { parsePosix } from './posix.ts';
import { parsePowershell } from './powershell.ts';
import type { Dialect, Script } from './script.ts';
import { DirectSource, type Source } from './source.ts';

/** Longer scripts are data rather than commands and are not parsed. */
export const longestScript = 256 * 1024;

/** Parses any text; offsets in the tree are offsets in the document. */
export function parseScript(script: MaskedText, dialect: Dialect): Script {
  return parseSource(new DirectSource(script), dialect);
}

export function parseSource(source: Source, dialect: Dialect): Script {
  if (source.text.length > longestScript)
    return { dialect, statements: [], separators: [], errors: [] };
  if (dialect === 'powershell') return parsePowershell(source);
  if (dialect === 'cmd') return parseCmd(source);
  return parsePosix(source, dialect);
}
