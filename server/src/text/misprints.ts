/** Characters that pages, chats and word processors put where a Dockerfile wants plain ones. */

/** What each stands for; full-width forms of ASCII are reckoned instead. */
const plain: Readonly<Record<string, string>> = {
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

/** Whether a text has such characters at all. */
export function hasMisprint(text: string): boolean {
  return pattern.test(text);
}

export interface Misprint {
  /** Where it stands in the text. */
  readonly at: number;
  readonly written: string;
  readonly meant: string;
}

/** Every such character; a dash that begins a long option stands for the two that were typed. */
export function misprints(text: string): readonly Misprint[] {
  const found: Misprint[] = [];
  if (!pattern.test(text)) return found;
  for (const match of text.matchAll(every)) {
    const written = match[0];
    found.push({ at: match.index, written, meant: meant(text, match.index, written) });
  }
  return found;
}

/** The text as it was meant. */
export function corrected(text: string): string {
  let result = '';
  let from = 0;
  for (const { at, meant: plainText } of misprints(text)) {
    result += text.slice(from, at) + plainText;
    from = at + 1;
  }
  return result + text.slice(from);
}

function meant(text: string, at: number, written: string): string {
  const known = plain[written];
  if (known === undefined) return String.fromCharCode(written.charCodeAt(0) - 0xfee0);
  if (known !== '-' || written === '\u2212') return known;
  const startsWord = at === 0 || /\s/.test(text[at - 1] ?? '');
  return startsWord && /^[A-Za-z]{2}/.test(text.slice(at + 1)) ? '--' : '-';
}
