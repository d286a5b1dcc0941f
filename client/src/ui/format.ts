/** The short facts of a row: sizes, ages, ports, as a person reads them. */
import { t } from '@vscode/l10n';
import type { Port } from '../engine/engine.ts';

/** Joins the facts of a row and leaves out what is not known. */
export function joined(...facts: readonly (string | undefined)[]): string {
  return facts.filter((fact) => fact !== undefined && fact !== '').join(' · ');
}

/** Bytes in decimal units with at most three digits: `884 MB`, `1.1 GB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let rest = Math.max(0, bytes);
  let unit = 0;
  // Just below a thousand the rounding would give a fourth digit.
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && rest < 9.95 ? 1 : 0;
  return `${String(Number(rest.toFixed(digits)))} ${units[unit] ?? ''}`;
}

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export interface Age {
  readonly count: number;
  readonly unit: Unit;
}

const seconds: readonly (readonly [Unit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** The time from one moment to the other in its greatest unit that it fills; weeks and months from two on. */
export function ageOf(from: Date, now: Date): Age {
  const passed = Math.max(0, Math.floor((now.getTime() - from.getTime()) / 1000));
  for (const [unit, length] of seconds) {
    const count = Math.floor(passed / length);
    const enough = unit === 'week' || unit === 'month' ? 2 : 1;
    if (count >= enough) return { count, unit };
  }
  return { count: 0, unit: 'second' };
}

/** `2 h`, `3 days`. */
export function duration({ count, unit }: Age): string {
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

/** `2 h ago`, `just now`. */
export function ago(age: Age): string {
  return age.unit === 'second' ? t('just now') : t('{0} ago', duration(age));
}

/** The age in the engine's own sentence: `Up About an hour (healthy)`, `Exited (0) 2 weeks ago`. */
export function ageIn(status: string): Age | undefined {
  const found =
    /(?:(\d+)|\b(an?|Less than a))\s+(second|minute|hour|day|week|month|year)s?\b/i.exec(status);
  if (found === null) return undefined;
  const count = found[1] === undefined ? 1 : Number(found[1]);
  return { count, unit: (found[3] ?? 'second').toLowerCase() as Unit };
}

const lengths = new Map(seconds);

/** An age that was told some milliseconds ago, as it is now. */
export function later(age: Age, passed: number): Age {
  if (passed < 1000) return age;
  const told = age.count * (lengths.get(age.unit) ?? 1) * 1000;
  return ageOf(new Date(0), new Date(told + passed));
}

/** Made once: it costs far more than what it is used for. */
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Moments as a person's own clock and calendar write them. */
export function exact(moment: Date): string {
  return calendar.format(moment);
}

/** `8080→80`, or only the container's number where it is not published; both address families are one. */
export function ports(all: readonly Port[]): readonly string[] {
  const sorted = [...all].sort(
    (a, b) => (a.host ?? Infinity) - (b.host ?? Infinity) || a.container - b.container,
  );
  const published = new Set(
    sorted.filter(({ host }) => host !== undefined).map((port) => inside(port)),
  );
  const texts = sorted
    .filter((port) => port.host !== undefined || !published.has(inside(port)))
    .map((port) =>
      port.host === undefined ? inside(port) : `${String(port.host)}→${inside(port)}`,
    );
  return [...new Set(texts)];
}

function inside({ container, protocol }: Port): string {
  return protocol === 'tcp' ? String(container) : `${String(container)}/${protocol}`;
}

/** The first few, and how many more there are. */
export function few(texts: readonly string[], most = 3): string | undefined {
  if (texts.length === 0) return undefined;
  const shown = texts.slice(0, most).join(', ');
  return texts.length > most ? `${shown} +${String(texts.length - most)}` : shown;
}

/** Twelve hexadecimal digits, as the docker command line shows ids. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** What a container says it was made from: a name as it is, an id shortened. */
export function imageName(reference: string): string {
  const [name = '', digest] = reference.split('@sha256:');
  if (/^(sha256:)?[0-9a-f]{64}$/.test(name)) return shortId(name);
  return digest === undefined ? name : `${name}@${digest.slice(0, 7)}`;
}
