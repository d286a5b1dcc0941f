/** Finds places in files, such as `/app/src/payment.ts:118:11`, in the text of a log line. */

/** A place in a file, in a text. */
export interface FileLink {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** Characters before the line number that can be part of a path. */
const pathCharacter = /[\w@.+~/\\$()[\]-]/;
const longestPath = 300;
/** A name with an extension that begins with a letter, so that addresses such as `10.0.0.1:80` are left out. */
const fileName = /(?:^|[/\\])[\w@.+~$()[\]-]*[\w$)\]-]\.[A-Za-z]\w{0,9}$/;
const lineNumber = /:(\d{1,7})(?::\d{1,7})?(?![\w:])/g;
/** Python, and PHP. */
const inWords = /(?:File "([^"\n]{1,300})", line|\bin (\/[^\s:]{1,300}) on line) (\d{1,7})/g;

/** The links of a text, in order. Takes linear time. */
export function findFileLinks(text: string): readonly FileLink[] {
  const found: FileLink[] = [];
  for (const match of text.matchAll(inWords)) {
    const path = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].indexOf(path);
    if (fileName.test(path))
      found.push({ start, end: start + path.length, path, line: Number(match[3]) });
  }
  for (const match of text.matchAll(lineNumber)) {
    const start = pathStart(text, match.index);
    const path = text.slice(start, match.index);
    if (path === '' || !fileName.test(path) || isAddress(text, start)) continue;
    found.push({ start, end: match.index + match[0].length, path, line: Number(match[1]) });
  }
  return found.sort((a, b) => a.start - b.start).filter((link, index, all) => index === 0 || link.start >= (all[index - 1]?.end ?? 0)); // prettier-ignore
}

/** Where the path before the line number begins; brackets around it are left out. */
function pathStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < longestPath && pathCharacter.test(text[start - 1] ?? ''))
    start -= 1;
  // A bracket that is closed in the path belongs to it: `pages/[id].tsx`.
  const path = text.slice(start, end);
  const opening = Math.max(path.lastIndexOf('('), path.lastIndexOf('['));
  if (opening >= 0 && !path.includes(path[opening] === '(' ? ')' : ']', opening))
    start += opening + 1;
  // The drive of Windows.
  if (
    text[start - 1] === ':' &&
    /[A-Za-z]/.test(text[start - 2] ?? '') &&
    /[\\/]/.test(text[start] ?? '') &&
    !/\w/.test(text[start - 3] ?? '')
  )
    start -= 2;
  return start;
}

/** Whether the path is that of an address, `https://example.com/x.js:1`; `file:///x.js:1` is a file. */
function isAddress(text: string, start: number): boolean {
  return text.startsWith('//', start) && text[start - 1] === ':' && !text.startsWith('file:', Math.max(0, start - 5)); // prettier-ignore
}

/**
 * The ends of a path in a container that can be a path below a workspace folder, the longest first:
 * `/app/src/a.ts` → `app/src/a.ts`, `src/a.ts`, `a.ts`. Empty if it leads out of a folder.
 */
export function pathEnds(path: string): readonly string[] {
  const names = path.split(/[\\/]+/).filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) return [];
  return names.map((_, index) => names.slice(index).join('/')).slice(0, 20);
}
