/** Dates of the engine's JSON. */

/** A time in seconds since 1970; 1970 itself if it is missing or out of range. */
export function dateOf(seconds: number | undefined): Date {
  const date = new Date((seconds ?? 0) * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

/** Parses a time of the engine; undefined for the year 1, which Go uses for an unset time. */
export function parseDate(text: string | undefined): Date | undefined {
  if (text === undefined || text === '' || text.startsWith('0001-')) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
