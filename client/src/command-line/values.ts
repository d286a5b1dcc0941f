/** Sizes, numbers, durations, addresses and comma-separated fields in the syntax of docker options. */
import type { Integer } from '../engine/container-config.ts';

/** Bytes of `512m` or `1.5GiB`, in powers of 1024 as docker counts them; undefined for anything else. */
export function bytesOf(text: string): number | undefined {
  const found = /^\+?((?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(
    text,
  );
  if (found === null) return undefined;
  const power = 'kmgtp'.indexOf((found[2] ?? '').toLowerCase()) + 1;
  return Math.trunc(Number(found[1]) * 1024 ** (found[2] === undefined ? 0 : power));
}

/** The shortest exact text for a number of bytes. */
export function sizeOf(bytes: Integer): string {
  const units = ['', 'k', 'm', 'g', 't'];
  let value = BigInt(bytes);
  let unit = 0;
  while (value >= 1024n && value % 1024n === 0n && unit < units.length - 1) {
    value /= 1024n;
    unit++;
  }
  return `${value}${units[unit] ?? ''}`;
}

/** A 64-bit integer as Go reads it, such as `10`, `0x1f` or `1_000`; undefined for anything else. */
export function integerOf(text: string): Integer | undefined {
  const found = /^([+-]?)(?:0(b[01_]+|o?[0-7_]+|x[\da-f_]+)|(0|[1-9][\d_]*))$/i.exec(text);
  if (found === null || /__|_$/.test(text)) return undefined;
  const [, sign, prefixed, decimal] = found;
  const digits = (
    prefixed === undefined ? (decimal ?? '') : `0${prefixed.replace(/^_?(?=\d)/, 'o')}`
  ).replaceAll('_', '');
  const value = BigInt(digits.toLowerCase()) * (sign === '-' ? -1n : 1n);
  if (value < -(2n ** 63n) || value >= 2n ** 63n) return undefined;
  return numberOf(value);
}

/** A number if it is exact, otherwise a bigint. */
function numberOf(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Billionths of `1.5` or `3/2`; undefined if that is not a whole number. */
export function nanoOf(text: string): number | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0', divisor = '1'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?(?:\/([1-9]\d*))?$/i.exec(text) ?? [];
  if (whole + fraction === '' || Math.abs(Number(exponent)) > 18) return undefined;
  const shift = 9 + Number(exponent) - fraction.length;
  const numerator = BigInt(whole + fraction) * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const denominator = BigInt(divisor) * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
  if (numerator % denominator !== 0n) return undefined;
  return Number(numerator / denominator) * (sign === '-' ? -1 : 1);
}

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  '\u00b5s': 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds of a Go duration such as `1m30s`; undefined for anything else. */
export function nanosecondsOf(text: string): number | undefined {
  if (/^\+?0$/.test(text)) return 0;
  if (!/^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(text))
    return undefined;
  let sum = 0;
  for (const [, number, unit = 's'] of text.matchAll(/([\d.]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)) {
    sum += Number(number) * (nanoseconds[unit] ?? 0);
  }
  return Math.round(sum);
}

/** `1m30s`. */
export function durationOf(nano: Integer): string {
  let left = BigInt(nano);
  if (left === 0n) return '0s';
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms', 'us', 'ns']) {
    const size = BigInt(nanoseconds[unit] ?? 1);
    const count = left / size;
    if (count > 0n) text += `${count}${unit}`;
    left -= count * size;
  }
  return text;
}

/** An IP address in its shortest spelling, as Go writes it; undefined for anything else. */
export function addressOf(text: string): string | undefined {
  const bare = text.trim();
  if (/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(bare) && !/\b0\d/.test(bare)) {
    return bare;
  }
  if (!/^[\da-f:.]*:[\da-f:.]*$/i.test(bare) || !URL.canParse(`http://[${bare}]/`)) {
    return undefined;
  }
  return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
}

/** Whether each field is quoted completely or has no quote, as required by the CSV reader of Go. */
export function isFields(line: string): boolean {
  return /^(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*$/.test(line);
}

/** The fields of one line of comma-separated values; a field in double quotes can contain commas. */
export function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const [, quoted, bare = ''] of line.matchAll(pattern)) {
    fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
  }
  return fields;
}

/** One line of comma-separated values; fields with a comma, a quote or a line break are quoted. */
export function lineOf(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

/** Key and value of `key=value`; the value is undefined without an equals sign. */
export function pairOf(text: string): readonly [key: string, value: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** `key=value` texts of a map, and back; the last value of a key counts. */
export function pairsOf(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [pairOf(value)[0], pairOf(value)[1] ?? '']));
}

export function pairTexts(pairs: Readonly<Record<string, string>> | undefined): readonly string[] {
  return Object.entries(pairs ?? {}).map(([key, value]) => `${key}=${value}`);
}

export function isSame(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
