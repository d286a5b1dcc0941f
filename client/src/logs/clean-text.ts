/** The text of a line as a terminal finally shows it. */
import { stripAnsi } from '../ui/ansi-text.ts';

/** Of a line that overwrites itself, the last state; without the carriage return before its line feed. */
export function lastState(raw: string): string {
  let end = raw.length;
  while (raw.charCodeAt(end - 1) === carriageReturn) end -= 1;
  const start = raw.lastIndexOf('\r', end - 1) + 1;
  return start === 0 && end === raw.length ? raw : raw.slice(start, end);
}

/** Without colors and other control sequences. */
export function clean(raw: string): string {
  return stripAnsi(lastState(raw));
}

const carriageReturn = 13;
