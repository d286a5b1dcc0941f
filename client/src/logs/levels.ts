/** Recognizes the level of a log line in the formats of common logging libraries and servers. */

/** The most severe last; `none` for lines without a level. */
export const levels = ['none', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

/** The index of a level in `levels`. */
export const levelNumber = {
  none: 0,
  trace: 1,
  debug: 2,
  info: 3,
  warn: 4,
  error: 5,
  fatal: 6,
} as const satisfies Record<Level, number>;

/** Levels are searched in this many characters of a line; JSON can have them anywhere in the first part of it. */
const headLength = 240;
const jsonLength = 8192;

/** The index of the level of a line in `levels`. Takes linear time. */
export function recognizeLevel(line: string): number {
  const start = skipSpace(line);
  if (line.charCodeAt(start) === openingBrace) {
    const level = jsonLevel(line.length > jsonLength ? line.slice(0, jsonLength) : line);
    if (level > 0) return level;
  }
  const raw = line.length > headLength ? line.slice(0, headLength) : line;
  // Colors surround the level of many loggers.
  const head = raw.includes('\u001b') ? raw.replace(colors, '') : raw;
  return (
    prefixLevel(head) ||
    npmLevel(head) ||
    wordLevel(head) ||
    accessLevel(head) ||
    (failures.test(head) ? levelNumber.error : 0)
  );
}

/** Whether a line continues the one before it: an indented line, or the cause in a stack trace. */
export function isContinuation(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first === 32 || first === 9) return skipSpace(line) < line.length;
  return first === 67 /* C */ && line.startsWith('Caused by: ');
}

const openingBrace = 123;
const colors = /\u001b\[[0-9;:]*m/g;

function skipSpace(line: string): number {
  let at = 0;
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at += 1;
  return at;
}

const words = new Map<string, number>();
function name(level: Level, ...all: readonly string[]): void {
  for (const word of all) words.set(word, levelNumber[level]);
}
name('trace', 'trace', 'trc', 'trce', 'verbose', 'vrb', 'silly', 'finest', 'finer');
name('debug', 'debug', 'dbg', 'dbug', 'deb', 'fine');
name('info', 'info', 'inf', 'information', 'informational', 'notice', 'note', 'default');
name('warn', 'warn', 'warning', 'wrn');
name('error', 'error', 'err', 'eror', 'fail', 'severe');
name('fatal', 'fatal', 'ftl', 'critical', 'crit', 'crt', 'alert', 'emerg', 'emergency', 'panic', 'dpanic'); // prettier-ignore

/** MongoDB writes `"s":"I"`, Serilog `"@l":"Warning"`; pino and bunyan write numbers. */
const jsonKey =
  /"(?:level|severity|lvl|levelname|log\.level|log_level|loglevel|@level|@l|level_name|severityText|severity_text)"\s*:\s*(?:"([A-Za-z]{2,13})\d?"|(\d{1,2})(?![\d.]))/i;
const mongoKey = /"s"\s*:\s*"([FEWID])\d?"\s*,\s*"c"\s*:/;

function jsonLevel(line: string): number {
  const found = jsonKey.exec(line);
  if (found !== null)
    return found[1] === undefined ? numberedLevel(Number(found[2])) : wordOf(found[1]);
  return letterLevel(mongoKey.exec(line)?.[1]);
}

/** 10 to 60 as pino and bunyan; smaller numbers are the severities of syslog, 0 to 7. */
function numberedLevel(value: number): number {
  if (value >= 60) return levelNumber.fatal;
  if (value >= 10) return Math.floor(value / 10);
  return syslogLevel(value);
}

/** Emergency, alert, critical, error, warning, notice, informational, debug. */
function syslogLevel(severity: number): number {
  if (severity <= 2) return levelNumber.fatal;
  if (severity === 3) return levelNumber.error;
  if (severity === 4) return levelNumber.warn;
  return severity <= 6 ? levelNumber.info : levelNumber.debug;
}

const letters: Readonly<Record<string, number>> = {
  T: levelNumber.trace,
  D: levelNumber.debug,
  I: levelNumber.info,
  N: levelNumber.info,
  W: levelNumber.warn,
  E: levelNumber.error,
  F: levelNumber.fatal,
  C: levelNumber.fatal,
};

function letterLevel(letter: string | undefined): number {
  return letter === undefined ? 0 : (letters[letter] ?? 0);
}

/** `<11>` of syslog, `E0102 15:04:05.678901` of klog, `E, [2026-…` of Ruby, `fail: ` of .NET, `1:M 02 Jan 2026 … # ` of Redis. */
function prefixLevel(head: string): number {
  switch (head.charCodeAt(0)) {
    case 60: {
      const priority = /^<(\d{1,3})>/.exec(head)?.[1];
      return priority === undefined || Number(priority) > 191 ? 0 : syslogLevel(Number(priority) % 8); // prettier-ignore
    }
    case 68: // D
    case 69: // E
    case 70: // F
    case 73: // I
    case 87: // W
      return letterLevel(/^([DEFIW])(?:\d{4} \d\d:\d\d:\d\d|, \[)/.exec(head)?.[1]);
  }
  const redis =
    isDigit(head) && head.slice(0, 12).includes(':') ? redisLine.exec(head)?.[1] : undefined;
  if (redis === undefined) return 0;
  return { '.': levelNumber.debug, '-': levelNumber.info, '*': levelNumber.info, '#': levelNumber.warn }[redis] ?? 0; // prettier-ignore
}

/** Words that can be levels in any case where their place says so; `INF` and the like only in uppercase. */
const anyCase: ReadonlySet<string> = new Set([
  'trace',
  'debug',
  'info',
  'notice',
  'note',
  'warn',
  'warning',
  'error',
  'err',
  'fatal',
  'crit',
  'critical',
  'alert',
  'emerg',
  'severe',
  'trce',
  'dbug',
  'fail', // prettier-ignore
]);
const uppercase: ReadonlyMap<string, number> = new Map(
  [...words]
    .filter(([word]) => !['default', 'information', 'note', 'deb', 'fail', 'silly'].includes(word))
    .map(([word, level]) => [word.toUpperCase(), level]),
);
const redisLine = /^\d+:[XCSM] \d\d [A-Z][a-z]{2} \d{4} [\d:.]+ ([.*#-]) /;

function isDigit(head: string): boolean {
  const first = head.charCodeAt(0);
  return first >= 48 && first <= 57;
}

const keys: ReadonlySet<string> = new Set(['level', 'lvl', 'severity', 'loglevel']);
const value = /["']?([A-Za-z]{3,13}|\d{1,2})\b/y;

/**
 * The first word that is a level: the value of `level=`; a word in uppercase; a word between brackets, also after the module of
 * Apache, `[core:error]`; or a word before a colon at the beginning or after a space. A word in a path or an address is not a level.
 * Written without an expression, since every line is searched.
 */
function wordLevel(head: string): number {
  const { length } = head;
  for (let at = 0; at < length;) {
    const start = at;
    while (at < length && isWord(head.charCodeAt(at))) at += 1;
    const size = at - start;
    if (size === 0) at += 1;
    else if (size >= 3 && size <= 13 && initials[head.charCodeAt(start)] === 1) {
      const level = levelAt(head, start, at);
      if (level > 0) return level;
    }
  }
  return 0;
}

/** 1 for letters, digits and the underscore; tables are faster than comparisons. */
const wordTable = new Uint8Array(128);
/** 1 for the letters with which levels and their keys begin. */
const initials = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  wordTable[code] = /\w/.test(character) ? 1 : 0;
  initials[code] = /[acdefilnpstvw]/i.test(character) ? 1 : 0;
}

function isWord(code: number): boolean {
  return wordTable[code] === 1;
}

/** The characters beside a word that make it a part of a path, an address, a value or a compound. */
const beside = codesOf('/="\'?&-');
const opening = codesOf('[<(|');
const closing = codesOf(']>)|');

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (one) => one.charCodeAt(0)));
}

function levelAt(head: string, start: number, end: number): number {
  const next = head.charCodeAt(end);
  const isUppercase =
    isUppercaseLetter(head.charCodeAt(start)) && isUppercaseLetter(head.charCodeAt(start + 1));
  const before = head.charCodeAt(start - 1);
  if (
    !isUppercase &&
    next !== 58 &&
    next !== 61 &&
    (before > 124 || !opening.has(before === 32 ? head.charCodeAt(start - 2) : before)) &&
    before !== 58
  )
    return 0;
  const word = head.slice(start, end);
  if (isUppercase) {
    if (beside.has(before) || before === 46 || beside.has(next)) return 0;
    if (next === 46 && isWord(head.charCodeAt(end + 1))) return 0;
    return uppercase.get(word) ?? 0;
  }
  const lower = word.toLowerCase();
  if (next === 61 || next === 58) {
    if (keys.has(lower)) return valueAt(head, next === 58 && head[end + 1] === ' ' ? end + 2 : end + 1); // prettier-ignore
    if (next === 61 || !anyCase.has(lower)) return 0;
    return start === 0 || before === 32 || before === 93 ? wordOf(word) : 0;
  }
  if (!anyCase.has(lower)) return 0;
  return isBracketed(head, start, end) || (before === 58 && isModule(head, start)) ? wordOf(word) : 0; // prettier-ignore
}

function isUppercaseLetter(code: number): boolean {
  return code >= 65 && code <= 90;
}

function valueAt(head: string, at: number): number {
  value.lastIndex = at;
  const found = value.exec(head)?.[1];
  if (found === undefined) return 0;
  return /^\d/.test(found) ? numberedLevel(Number(found)) : wordOf(found);
}

function isBracketed(head: string, start: number, end: number): boolean {
  const before = head.charCodeAt(start - 1) === 32 ? start - 2 : start - 1;
  let after = end;
  while (head.charCodeAt(after) === 32) after += 1;
  return opening.has(head.charCodeAt(before)) && closing.has(head.charCodeAt(after));
}

/** Whether the word before the colon follows an opening bracket. */
function isModule(head: string, start: number): boolean {
  return /\[[\w.-]{1,40}:$/.test(head.slice(Math.max(0, start - 42), start));
}

const npm = /^npm (ERR!|WARN|warn|error)/;

function npmLevel(head: string): number {
  return head.charCodeAt(0) === 110 ? wordOf(npm.exec(head)?.[1] ?? '') : 0;
}

function wordOf(text: string): number {
  return words.get(text.toLowerCase().replace('!', '')) ?? 0;
}

/** `"GET / HTTP/1.1" 502 157`, as web servers log requests. */
const access = /"[A-Z]{3,10} [^"]{0,200} HTTP\/\d(?:\.\d)?" (\d)\d\d\b/;

function accessLevel(head: string): number {
  const status = head.includes('HTTP/') ? access.exec(head)?.[1] : undefined;
  if (status === undefined) return 0;
  return status >= '4' ? levelNumber.warn : levelNumber.info;
}

/** Errors that programs and runtimes print without a logger. */
const failures =
  /^(?:[\w.$]{0,80}(?:Error|Exception)(?::|$)|Uncaught |Unhandled|Traceback \(most recent call last\)|Exception in thread|panic: |thread '[^']{0,80}' panicked at|FATAL ERROR:|Segmentation fault|fatal error:)/;
