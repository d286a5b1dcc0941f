/** Damage as it happens between two keystrokes, and worse, the same in every run. */
import { random } from '../random.ts';

/** Gives whole numbers below a limit. */
export type Below = (limit: number) => number;

/** The same numbers in every run. */
export function numbersBelow(seed: number): Below {
  const next = random(seed);
  return (limit) => Math.floor(next() * limit);
}

/** Pieces that mean something to a Dockerfile, and characters that surprise. */
export const spices = [
  ...Array.from('\\`"\'$}#=[] \t\n\r\0/,.:'),
  ...[
    '${',
    '${A:-',
    '<<',
    '<<-E',
    '--',
    '\r\n',
    '\\\n',
    '\\\r\n',
    '`\n',
    '\\ \n# a\n\n',
    '\n# b\n',
  ],
  ...['\u00a0', '\ufeff', '\ud83d', '\udc00', '😀', 'é', '\u2028', '\f', '\v'],
  ...[
    'ONBUILD ',
    'RUN ',
    'COPY <<A\n',
    '\nFROM b AS c\n',
    '# escape=`\n',
    '--mount=type=',
    '["a",',
  ],
] as const;

/** The rows of a text with one taken out, written twice, or in the place of another. */
function reordered(text: string, below: Below): string {
  const rows = text.split('\n');
  const row = below(rows.length);
  const here = rows[row] ?? '';
  switch (below(3)) {
    case 0:
      rows.splice(row, 1);
      break;
    case 1:
      rows.splice(row, 0, here);
      break;
    default: {
      const other = below(rows.length);
      rows[row] = rows[other] ?? '';
      rows[other] = here;
    }
  }
  return rows.join('\n');
}

function spiced(text: string, below: Below): string {
  let result = text;
  for (let i = 1 + below(4); i > 0; i--) {
    const at = below(result.length + 1);
    const spice = spices[below(spices.length)] ?? '';
    result = result.slice(0, at) + spice + result.slice(at + below(3));
  }
  return result;
}

/** Characters of any kind in the place of others, halves of pairs among them. */
function noisy(text: string, below: Below): string {
  let result = text;
  for (let i = 1 + below(6); i > 0; i--) {
    const at = below(result.length + 1);
    const limit = [0x20, 0x80, 0x100, 0x10000][below(4)] ?? 0x80;
    result = result.slice(0, at) + String.fromCharCode(below(limit)) + result.slice(at + 1);
  }
  return result;
}

/** A text made worse. */
export function damaged(text: string, below: Below): string {
  switch (below(4)) {
    case 0:
      return text.slice(0, below(text.length + 1));
    case 1:
      return reordered(text, below);
    case 2:
      return noisy(text, below);
    default:
      return spiced(text, below);
  }
}

/** A text of nothing but surprises. */
export function noise(below: Below): string {
  let text = below(2) === 0 ? 'FROM a\n' : '';
  for (let i = below(40); i > 0; i--) text += spices[below(spices.length)] ?? '';
  return text;
}
