/** The script in `RUN powershell -Command …`, which cmd only starts. */
import { parseScript } from '../shell/parse.ts';
import type { Script } from '../shell/script.ts';
import type { MaskedText } from '../text/span.ts';

/** PowerShell with options up to `-Command`. Each option has a value or none. */
const start =
  /^\s*(?:powershell|pwsh)(?:\.exe)?(?:\s+-(?!c(?:ommand)?\s)\w+(?:\s+[A-Za-z]\w*)?)*\s+-c(?:ommand)?\s+(?=\S)/i;

/** `^|` is one character for PowerShell; as a space and the character, the positions stay. */
const escaped = /\^([|&<>^()])/g;

/**
 * Undefined if the line starts another program, or if cmd reads a part of it: it ends a command at `&` and `|`, and replaces
 * `%NAME%`. Quotes around the whole script belong to cmd, and outside quotes its escape character `^`.
 */
export function startedPowershell({ text, at }: MaskedText): Script | undefined {
  const head = start.exec(text)?.[0].length;
  if (head === undefined) return undefined;
  const rest = text.slice(head).trimEnd();
  const isQuoted = rest.length > 1 && rest.startsWith('"') && rest.endsWith('"');
  // `\"` is one quote for PowerShell; as a space and a quote, the positions stay.
  const script = isQuoted
    ? rest.slice(1, -1).replaceAll('\\"', ' "')
    : rest.replace(escaped, ' $1');
  const inner = isQuoted ? rest.slice(1, -1).replaceAll('\\"', '') : rest.replace(escaped, '');
  if ((isQuoted ? /["%]/ : /["%&|<>^]/).test(inner)) return undefined;
  return parseScript({ text: script, at: at + head + (isQuoted ? 1 : 0) }, 'powershell');
}
