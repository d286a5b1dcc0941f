/** Filters of prune: by age, by label and by name. */
import { t } from '@vscode/l10n';
import { nanosecondsOf } from '../command-line/values.ts';
import type { Labels } from '../engine/objects.ts';
import { withParts } from './cache-rows.ts';
import type { Prunable } from './prunable.ts';

/** What is typed and chosen on the page. */
export interface FilterTexts {
  /** A part of a name or a reason. */
  readonly search: string;
  /** The least age, as a Go duration; empty for any. */
  readonly age: string;
  /** The filters of `docker … prune --filter`, separated by spaces: `label!=keep until=24h`. */
  readonly words: string;
}

export const noFilter: FilterTexts = { search: '', age: '', words: '' };

/** The object as far as it passes the filter; undefined if it does not. */
export type PruneFilter = (object: Prunable) => Prunable | undefined;

interface Conditions {
  readonly labels: ((labels: Labels) => boolean)[];
  /** Milliseconds since 1970; what is younger does not pass. */
  before: number;
}

/** The filter of these texts, or why a text is not valid. */
export function readFilter(
  { search, age, words }: FilterTexts,
  now: number,
): { readonly filter: PruneFilter } | { readonly error: string } {
  const conditions: Conditions = { labels: [], before: Infinity };
  const given = words.split(/\s+/).filter((word) => word !== '');
  for (const word of age === '' ? given : [`until=${age}`, ...given]) {
    const error = addCondition(conditions, word, now);
    if (error !== undefined) return { error };
  }
  const text = search.trim().toLowerCase();
  const { labels, before } = conditions;
  return {
    filter: (object) => {
      if (![object.label, object.reason].some((one) => one.toLowerCase().includes(text)))
        return undefined;
      if (!labels.every((fits) => fits(object.labels))) return undefined;
      if (before === Infinity) return object;
      // An object whose age is not known could be younger.
      const old = object.parts.filter(({ since }) => since.getTime() > 0 && since.getTime() < before); // prettier-ignore
      if (old.length === object.parts.length) return object;
      return old.length === 0 ? undefined : withParts(object, old);
    },
  };
}

/** Adds a filter; resolves to what is wrong with it. */
function addCondition(conditions: Conditions, word: string, now: number): string | undefined {
  const [, name, not, value = ''] = /^(label|until)(!?)=(.+)$/s.exec(word) ?? [];
  if (name === undefined || (name === 'until' && not !== ''))
    return t('{0} is not a filter; use label=KEY, label!=KEY=VALUE or until=24h', word);
  if (name === 'until') {
    const before = timeOf(value, now);
    if (before === undefined) return t('{0} is not an age or a time; use 24h or 2026-01-31', value);
    conditions.before = Math.min(conditions.before, before);
    return undefined;
  }
  const [, key = value, expected] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  const has = (labels: Labels) =>
    Object.hasOwn(labels, key) && (expected === undefined || labels[key] === expected);
  conditions.labels.push(not === '' ? has : (labels) => !has(labels));
  return undefined;
}

/** A duration before now, a date and time, or seconds since 1970, in milliseconds since 1970. */
function timeOf(text: string, now: number): number | undefined {
  const duration = nanosecondsOf(text);
  if (duration !== undefined) return now - duration / 1e6;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  // A time without a zone is local, as in Docker; JavaScript reads a date alone as UTC.
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  return Number.isNaN(time) ? undefined : time;
}
