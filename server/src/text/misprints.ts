/** Typographic characters that web pages, chats and word processors insert instead of plain ones. */

/** The replacement for each; that of full-width forms of ASCII is computed. */
const replacements: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201b': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u201f': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '--',
  '\u2015': '--',
  '\u2212': '-',
  '\u3001': ',',
  '\u3002': '.',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u202f': ' ',
  '\u3000': ' ',
  '\u200b': '',
  '\u2060': '',
};

const pattern =
  /[\u00a0\u2007\u200b\u2010-\u2015\u2018-\u201f\u2026\u202f\u2060\u2212\u3000-\u3002\uff01-\uff5e]/;

const every = new RegExp(pattern, 'g');

/** Whether a text contains such characters. */
export function hasMisprint(text: string): boolean {
  return pattern.test(text);
}

export interface Misprint {
  /** The offset in the text. */
  readonly at: number;
  readonly character: string;
  readonly replacement: string;
}

/** All such characters in a text. A dash at the start of a long option replaces two hyphens. */
export function misprints(text: string): readonly Misprint[] {
  const found: Misprint[] = [];
  if (!pattern.test(text)) return found;
  for (const match of text.matchAll(every)) {
    const character = match[0];
    found.push({
      at: match.index,
      character,
      replacement: replacementFor(text, match.index, character),
    });
  }
  return found;
}

/** The text with all such characters replaced. */
export function correctMisprints(text: string): string {
  let result = '';
  let from = 0;
  for (const { at, replacement: plainText } of misprints(text)) {
    result += text.slice(from, at) + plainText;
    from = at + 1;
  }
  return result + text.slice(from);
}

function replacementFor(text: string, at: number, character: string): string {
  const known = replacements[character];
  if (known === undefined) return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  if (known !== '-' || character === '\u2212') return known;
  const startsWord = at === 0 || /\s/.test(text[at - 1] ?? '');
  return startsWord && /^[A-Za-z]{2}/.test(text.slice(at + 1)) ? '--' : '-';
}
