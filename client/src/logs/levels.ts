/** Recognises the level of a log line in the formats of common logging libraries and servers. */

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
export function recogniseLevel(line: string): number {
  const start = skipSpace(line);
  if (line.charCodeAt(start) === openingBrace) {
    const level = jsonLevel(line.length > jsonLength ? line.slice(0, jsonLength) : line);
    if (level > 0) return level;
  }
  const raw = line.length > headLength ? line.slice(0, headLength) : line;
  // Colours surround the level of many loggers.
  const head = raw.includes('\u001b') ? raw.replace(colours, '') : raw;
  return (
    prefixLevel(head) ||
    keyLevel(head) ||
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
const colours = /\u001b\[[0-9;:]*m/g;

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
  const redis = /^\d+:[XCSM] \d\d [A-Z][a-z]{2} \d{4} [\d:.]+ ([.*#-]) /.exec(head)?.[1];
  if (redis === undefined) return 0;
  return { '.': levelNumber.debug, '-': levelNumber.info, '*': levelNumber.info, '#': levelNumber.warn }[redis] ?? 0; // prettier-ignore
}

const key = /(?:^|[\s,;{(])(?:level|lvl|severity|loglevel|log\.level)[=:]\s*["']?([A-Za-z]{3,13}|\d{1,2})\b/i; // prettier-ignore

/** `level=error`, `lvl="warn"`. */
function keyLevel(head: string): number {
  const found = key.exec(head)?.[1];
  if (found === undefined) return 0;
  return /^\d/.test(found) ? numberedLevel(Number(found)) : wordOf(found);
}

const upper =
  'TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|SEVERE|FATAL|CRIT(?:ICAL)?|ALERT|EMERG(?:ENCY)?|PANIC|VERBOSE|FINEST|FINER|FINE|DBG|INF|WRN|FTL|TRC';
const anyCase =
  '[Tt]race|[Dd]ebug|[Ii]nfo|[Nn]otice|[Nn]ote|[Ww]arn(?:ing)?|[Ee]rror|[Ee]rr|[Ff]atal|[Cc]rit(?:ical)?|[Aa]lert|[Ee]merg|[Ss]evere';
/**
 * In capitals as a word; in any case between brackets, also after the module of Apache, `[core:error]`; or before a colon at the
 * beginning or after a space. The word before `=` or inside a path or an address is not a level.
 */
const word = new RegExp(
  `(?<![\\w/.="'?&-])(?:(${upper})(?![\\w/="'?&-]|\\.\\w)|(?<=[\\[<(|]\\s?(?:[\\w.-]+:)?)(${anyCase})(?=\\s*[\\]>)|])|(?<=^|[\\s\\]])(${anyCase}|trce|dbug|fail|crit)(?=:))`,
);
const moduleWord = /\[[\w.-]+:(emerg|alert|crit|error|warn|notice|info|debug|trace)\d?\]/;
const npm = /^npm (ERR!|WARN|warn|error)/;

function wordLevel(head: string): number {
  const found = word.exec(head) ?? moduleWord.exec(head) ?? npm.exec(head);
  if (found === null) return 0;
  return wordOf(found[1] ?? found[2] ?? found[3] ?? '');
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
