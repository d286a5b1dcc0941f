/** Lines of JSON, as structured loggers write them: the message and the fields in one line, and all of it in several. */
import type { TextPart } from './page.ts';

/** Longer lines are shown as text. */
const longestJson = 64 * 1024;
/** Lines that are shown of one that is open. */
const mostLines = 500;
/** Spaces of the deepest object that is written in several lines. */
const deepest = 40;
/** Fields that fit on one line are written on one. */
const shortLine = 72;

type Json = Readonly<Record<string, unknown>>;

/** The object of a line; undefined if the line is not one. */
export function parseJsonLine(text: string): Json | undefined {
  if (text.length > longestJson || !/^\s*\{.*\}\s*$/s.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // Fails for objects that are nested too deeply to be written again.
    JSON.stringify(value);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined; // prettier-ignore
  } catch {
    // Most lines with braces are not JSON, or nested too deeply.
    return undefined;
  }
}

const messageKeys = ['msg', 'message', '@m', '@mt', 'event', 'text', 'log', 'error', 'err'];
/** Shown in columns of their own, or of no use in one line. */
const hiddenKeys: ReadonlySet<string> = new Set([
  'level',
  'lvl',
  'severity',
  'levelname',
  'log.level',
  '@l',
  '@level',
  'loglevel',
  'log_level',
  'level_name',
  'time',
  'timestamp',
  '@timestamp',
  '@t',
  'ts',
  't',
  'date',
  'datetime',
  'pid',
  'hostname',
  'v', // prettier-ignore
]);

/** The message and the fields: `GET /orders status=200 ms=41`. */
export function summarize(json: Json): readonly TextPart[] {
  const messageKey = messageKeys.find((key) => typeof json[key] === 'string' && json[key] !== '');
  const message = messageKey === undefined ? '' : oneLine(String(json[messageKey]));
  const parts: TextPart[] = message === '' ? [] : [{ text: message }];
  for (const [key, value] of Object.entries(json)) {
    if (key === messageKey || hiddenKeys.has(key)) continue;
    parts.push({ text: `${parts.length > 0 ? ' ' : ''}${oneLine(key)}=`, style: 'p' });
    parts.push(scalarPart(value));
  }
  return parts;
}

function scalarPart(value: unknown): TextPart {
  if (typeof value === 'string') return { text: oneLine(value), style: 's' };
  const text = JSON.stringify(value);
  const isScalar = typeof value !== 'object' || value === null;
  return { text, ...(isScalar && { style: 'n' }) };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ↵ ').replace(/[\0-\x1f\x7f-\x9f]/g, ' ');
}

/** All of the object, in several lines; what fits on one line is on one. */
export function layOut(json: Json): readonly TextPart[] {
  const parts: TextPart[] = [];
  let lines = 1;
  const write = (value: unknown, indent: string): void => {
    if (typeof value !== 'object' || value === null || indent.length > deepest) {
      parts.push({ text: JSON.stringify(value), style: typeof value === 'string' ? 's' : 'n' }); // prettier-ignore
      return;
    }
    const isList = Array.isArray(value);
    const [open, close] = isList ? ['[', ']'] : ['{', '}'];
    const entries = Object.entries(value);
    const isShort = entries.length === 0 || (JSON.stringify(value).length <= shortLine && indent !== ''); // prettier-ignore
    const inner = isShort ? ' ' : `\n${indent}  `;
    parts.push({ text: open });
    for (const [index, [key, one]] of entries.entries()) {
      if (lines > mostLines) {
        parts.push({ text: `${inner}…` });
        break;
      }
      if (!isShort) lines += 1;
      parts.push({ text: inner });
      if (!isList) parts.push({ text: JSON.stringify(key), style: 'v' }, { text: ': ' });
      write(one, `${indent}  `);
      if (index < entries.length - 1) parts.push({ text: ',' });
    }
    parts.push({ text: `${isShort ? (entries.length === 0 ? '' : ' ') : `\n${indent}`}${close}` });
  };
  write(json, '');
  return parts;
}
