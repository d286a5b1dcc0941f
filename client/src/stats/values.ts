/** Values of stats as texts, and the scales of charts. */
import { t } from '@vscode/l10n';
import { formatSize } from '../ui/format.ts';

export function percent(value: number): string {
  return t('{0}%', value < 9.95 ? value.toFixed(1) : value.toFixed(0));
}

export function perSecond(bytes: number): string {
  return t('{0}/s', formatSize(bytes));
}

/** `42 s`, `5 min`. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? t('{0} s', seconds) : t('{0} min', Math.round(seconds / 60));
}

/** Rounds up to a number with a readable half: 1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10, 12 … */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // Ten times a power would not be found because of rounding errors.
  const step = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8].find((one) => one * power >= value * (1 - 1e-9));
  return (step ?? 10) * power;
}

/** Seconds until values that grow along a line reach the limit; undefined if they do not, or not within an hour. */
export function secondsUntil(
  limit: number,
  values: readonly (readonly [at: number, value: number])[],
): number | undefined {
  const last = values.at(-1);
  const first = values[0];
  // A shorter growth says nothing about the next minutes.
  if (last === undefined || first === undefined || last[0] - first[0] < 30_000) return undefined;
  const { slope, determination } = lineThrough(values);
  if (slope <= 0 || determination < 0.7) return undefined;
  const seconds = (limit - last[1]) / slope / 1000;
  return seconds > 0 && seconds < 3600 ? seconds : undefined;
}

/** The line with the least squares; `determination` is 1 if all values are on it. */
function lineThrough(values: readonly (readonly [number, number])[]): {
  readonly slope: number;
  readonly determination: number;
} {
  const count = values.length;
  const mean = (index: 0 | 1) => values.reduce((sum, one) => sum + one[index], 0) / count;
  const [meanAt, meanValue] = [mean(0), mean(1)];
  let [both, times, squares] = [0, 0, 0];
  for (const [at, value] of values) {
    both += (at - meanAt) * (value - meanValue);
    times += (at - meanAt) ** 2;
    squares += (value - meanValue) ** 2;
  }
  const determination = times === 0 || squares === 0 ? 0 : both ** 2 / (times * squares);
  return { slope: times === 0 ? 0 : both / times, determination };
}
