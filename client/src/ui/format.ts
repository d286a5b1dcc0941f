/** Formats sizes, ages, ports and names for rows and messages. */
import { t } from '@vscode/l10n';
import type { Port } from '../engine/engine.ts';
import { formatTime, type ElapsedTexts } from './elapsed.ts';

/** Joins the details of a row and leaves out empty ones. */
export function joinDetails(...details: readonly (string | undefined)[]): string {
  return details.filter((detail) => detail !== undefined && detail !== '').join(' · ');
}

/** A whole number with separators: `128,402`. `Intl.NumberFormat` would take 5 ms at each start. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Bytes in decimal units with at most three digits: `884 MB`, `1.1 GB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let rest = Math.max(0, bytes);
  let unit = 0;
  // Values just below 1000 would be rounded to four digits.
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && rest < 9.95 ? 1 : 0;
  return `${String(Number(rest.toFixed(digits)))} ${units[unit] ?? ''}`;
}

export type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export interface Age {
  readonly count: number;
  readonly unit: TimeUnit;
}

const seconds: readonly (readonly [TimeUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** The time between two dates in the largest unit that is at least 1; weeks and months only from 2. */
export function ageBetween(from: Date, now: Date): Age {
  const passed = Math.max(0, Math.floor((now.getTime() - from.getTime()) / 1000));
  for (const [unit, length] of seconds) {
    const count = Math.floor(passed / length);
    const enough = unit === 'week' || unit === 'month' ? 2 : 1;
    if (count >= enough) return { count, unit };
  }
  return { count: 0, unit: 'second' };
}

/** `2 h`, `3 days`. */
export function formatDuration({ count, unit }: Age): string {
  switch (unit) {
    case 'second':
      return t('{0} s', count);
    case 'minute':
      return t('{0} min', count);
    case 'hour':
      return t('{0} h', count);
    case 'day':
      return count === 1 ? t('1 day') : t('{0} days', count);
    case 'week':
      return count === 1 ? t('1 week') : t('{0} weeks', count);
    case 'month':
      return count === 1 ? t('1 month') : t('{0} months', count);
    case 'year':
      return count === 1 ? t('1 year') : t('{0} years', count);
  }
}

/** The texts for `formatTime`. */
export function elapsedTexts(): ElapsedTexts {
  return { seconds: t('{0} s', '{0}'), minutes: t('{0} min {1} s', '{0}', '{1}') };
}

/** `0.3 s`, `2 min 5 s`. */
export function formatElapsed(milliseconds: number): string {
  return formatTime(milliseconds, elapsedTexts());
}

/** `2 h ago`, `just now`. */
export function formatAge(age: Age): string {
  return age.unit === 'second' ? t('just now') : t('{0} ago', formatDuration(age));
}

/** Reads the age from the engine's status text, such as `Up About an hour (healthy)` or `Exited (0) 2 weeks ago`. */
export function parseAge(status: string): Age | undefined {
  const found =
    /(?:(\d+)|\b(an?|Less than a))\s+(second|minute|hour|day|week|month|year)s?\b/i.exec(status);
  if (found === null) return undefined;
  const count = found[1] === undefined ? 1 : Number(found[1]);
  return { count, unit: (found[3] ?? 'second').toLowerCase() as TimeUnit };
}

const lengths = new Map(seconds);

/** The age after some more milliseconds. */
export function ageAfter(age: Age, elapsed: number): Age {
  if (elapsed < 1000) return age;
  const before = age.count * (lengths.get(age.unit) ?? 1) * 1000;
  return ageBetween(new Date(0), new Date(before + elapsed));
}

/** By language: created once, because creating it is slow. */
const dateTimeFormats = new Map<string, Intl.DateTimeFormat>();

/** A date and time in the language of the texts around it; in the user's locale if they are not translated. */
export function formatDateTime(date: Date): string {
  // The language tag of the texts.
  const language = t('en');
  const known = dateTimeFormats.get(language);
  if (known !== undefined) return known.format(date);
  const format = new Intl.DateTimeFormat(language === 'en' ? undefined : language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  dateTimeFormats.set(language, format);
  return format.format(date);
}

/** `8080→80`, or only the container port if it is not published; IPv4 and IPv6 are shown once. */
export function formatPorts(all: readonly Port[]): readonly string[] {
  const sorted = [...all].sort(
    (a, b) => (a.host ?? Infinity) - (b.host ?? Infinity) || a.container - b.container,
  );
  const published = new Set(
    sorted.filter(({ host }) => host !== undefined).map((port) => containerPort(port)),
  );
  const texts = sorted
    .filter((port) => port.host !== undefined || !published.has(containerPort(port)))
    .map((port) =>
      port.host === undefined ? containerPort(port) : `${String(port.host)}→${containerPort(port)}`,
    );
  return [...new Set(texts)];
}

function containerPort({ container, protocol }: Port): string {
  return protocol === 'tcp' ? String(container) : `${String(container)}/${protocol}`;
}

/** The first texts, and the number of the others: `a, b, c +2`. */
export function joinFirst(texts: readonly string[], max = 3): string | undefined {
  if (texts.length === 0) return undefined;
  const shown = texts.slice(0, max).join(', ');
  return texts.length > max ? `${shown} +${String(texts.length - max)}` : shown;
}

/** The first twelve hexadecimal digits, as the Docker CLI shows ids. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** The image of a container: a name is kept, an id is shortened. */
export function formatImageName(reference: string): string {
  const [name = '', digest] = reference.split('@sha256:');
  if (/^(sha256:)?[0-9a-f]{64}$/.test(name)) return shortId(name);
  return digest === undefined ? name : `${name}@${digest.slice(0, 7)}`;
}
