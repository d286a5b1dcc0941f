/** Which part of a log is read: the choices of the page, and times that a user types. */
import { t } from '@vscode/l10n';
import type { Editor } from '../ui/editor.ts';
import type { LogRange } from './log-reader.ts';
import type { Choice } from './page.ts';

export const defaultRange = 'tail:1000';

export function rangeChoices(current: string): readonly Choice[] {
  const choices: readonly Choice[] = [
    { value: 'tail:100', label: t('Last 100 lines') },
    { value: 'tail:1000', label: t('Last 1,000 lines') },
    { value: 'tail:10000', label: t('Last 10,000 lines') },
    { value: 'all', label: t('All lines') },
    { value: 'since:900', label: t('Last 15 min') },
    { value: 'since:3600', label: t('Last hour') },
    { value: 'since:86400', label: t('Last 24 h') },
    { value: 'new', label: t('New lines only') },
    { value: 'custom', label: t('From, To…') },
  ];
  if (choices.some(({ value }) => value === current)) return choices;
  const range = rangeOf(current, 0);
  const label = [range.since, range.until].map((time) => (time === undefined ? '' : formatTime(time))).join(' – '); // prettier-ignore
  return [{ value: current, label }, ...choices];
}

/** Reads a value of the choices; `now` is in milliseconds. */
export function rangeOf(value: string, now: number): LogRange {
  const [kind, first = '', second = ''] = value.split(':');
  if (kind === 'tail') return { tail: Number(first) || 1000 };
  if (kind === 'new') return { tail: 0 };
  if (kind === 'since') return { tail: Infinity, since: Math.floor(now / 1000) - Number(first) };
  if (kind !== 'from') return { tail: Infinity };
  return {
    tail: Infinity,
    ...(first !== '' && { since: Number(first) }),
    ...(second !== '' && { until: Number(second) }),
  };
}

/** Asks for the times between which lines are shown; undefined if the user gives up. */
export async function askRange(editor: Pick<Editor, 'ask'>): Promise<string | undefined> {
  const ask = (title: string): Promise<string | undefined> =>
    editor.ask(title, {
      prompt: t('A time such as 14:30 or 2026-01-31 14:30, or how long ago: 10m, 2h, 1d'),
      placeholder: t('Empty for no limit'),
      check: (text) =>
        parseTime(text, Date.now()) === undefined && text.trim() !== ''
          ? t("'{0}' is not a time; write 14:30, 2026-01-31 14:30 or 10m", text)
          : undefined,
    });
  const since = await ask(t('Show Lines From'));
  if (since === undefined) return undefined;
  const until = await ask(t('Show Lines Until'));
  if (until === undefined) return undefined;
  const now = Date.now();
  return `from:${parseTime(since, now) ?? ''}:${parseTime(until, now) ?? ''}`;
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds since 1970 of `10m`, `14:30`, or a date with a time, in the time zone of this machine; undefined for other texts. */
export function parseTime(text: string, now: number): number | undefined {
  const written = text.trim();
  const ago = /^(\d{1,9})\s*([smhd])$/.exec(written);
  if (ago !== null) return Math.floor(now / 1000) - Number(ago[1]) * (unitSeconds[ago[2] ?? ''] ?? 1); // prettier-ignore
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(written);
  if (time !== null) {
    const [hours, minutes, seconds] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)];
    if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
    const date = new Date(now);
    date.setHours(hours, minutes, seconds, 0);
    // A time of today that has not come yet is that of yesterday.
    if (date.getTime() > now) date.setDate(date.getDate() - 1);
    return Math.floor(date.getTime() / 1000);
  }
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(written)) return undefined; // prettier-ignore
  // A date alone would be read as UTC.
  const iso = written.length === 10 ? `${written}T00:00` : written.replace(' ', 'T');
  const parsed = Date.parse(iso);
  return Number.isNaN(parsed) ? undefined : Math.floor(parsed / 1000);
}

function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
