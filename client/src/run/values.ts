/** Values as docker's options write them: sizes, durations, comma-separated fields. */

/** Bytes of `512m` or `1.5GiB`, in powers of 1024 as docker counts them; undefined where it is no size. `-1` is no limit. */
export function bytesOf(text: string): number | undefined {
  if (text === '-1') return -1;
  const found = /^(\d+(?:\.\d+)?) ?(?:([kmgtp])i?)?b?$/i.exec(text.trim());
  if (found === null) return undefined;
  const power = 'kmgtp'.indexOf((found[2] ?? '').toLowerCase()) + 1;
  return Math.floor(Number(found[1]) * 1024 ** (found[2] === undefined ? 0 : power));
}

/** The shortest way to write that many bytes without losing one. */
export function sizeOf(bytes: number): string {
  const units = ['', 'k', 'm', 'g', 't'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value}${units[unit] ?? ''}`;
}

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds of a Go duration such as `1m30s`; undefined where it is none. */
export function nanosecondsOf(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number, unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(number) * (nanoseconds[unit] ?? 0);
  }
  return Math.round(sum);
}

/** `1m30s`. */
export function durationOf(nano: number): string {
  if (nano === 0) return '0s';
  let left = nano;
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms', 'us', 'ns']) {
    const size = nanoseconds[unit] ?? 1;
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text;
}

/** The fields of one line of comma-separated values; a field in double quotes holds commas. */
export function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const [, quoted, bare = ''] of line.matchAll(pattern)) {
    fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
  }
  return fields;
}

/** The other way: what holds a comma or a quote is put in double quotes. */
export function lineOf(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

/** `key=value` in two; the value is undefined where there is no sign of equality. */
export function pairOf(text: string): readonly [key: string, value: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
