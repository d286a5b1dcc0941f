const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Go stores durations in 64 bits: a little over 292 years. */
const limit = 2 ** 63;

/** A duration in Go's syntax, such as `1m30s`, in nanoseconds; undefined if it is invalid. */
export function durationOf(text: string): number | undefined {
  const sign = /^[+-]/.test(text) ? text.charAt(0) : '';
  const rest = text.slice(sign.length);
  if (rest === '0') return 0;
  let sum = 0;
  let at = 0;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)(?=[\d.]|$)/y;
  while (at < rest.length) {
    part.lastIndex = at;
    const match = part.exec(rest);
    if (match === null) return undefined;
    sum += Number(match[1]) * (nanoseconds[match[2] ?? ''] ?? 0);
    at = part.lastIndex;
  }
  if (rest === '' || sum >= limit) return undefined;
  return sign === '-' ? -sum : sum;
}
