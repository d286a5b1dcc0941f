import { expect, test } from 'vitest';
import { parseExact, stringifyExact } from './exact-json.ts';

test('keeps all digits of 64-bit integers', () => {
  const text = '{"Hard":9223372036854775807,"Soft":-9223372036854775808,"Small":12}';
  expect(parseExact(text)).toEqual({
    Hard: 9223372036854775807n,
    Soft: -9223372036854775808n,
    Small: 12,
  });
  expect(stringifyExact(parseExact(text))).toBe(text);
});

test('leaves digits in strings and fractions alone', () => {
  const value = { a: '9223372036854775807', 'b":9223372036854775807': '\\', c: 1.5, d: 1e21 };
  expect(parseExact(JSON.stringify(value))).toEqual(value);
});

test('throws for what is not JSON', () => {
  expect(() => parseExact('{"a": 9223372036854775807')).toThrow(SyntaxError);
});

test('reads strings of any length, with many escapes', () => {
  for (const text of ['a'.repeat(20_000_000), '\n'.repeat(1_000_000)]) {
    const json = `{"a":${JSON.stringify(text)},"b":12345678901234567890}`;
    expect(parseExact(json)).toEqual({ a: text, b: 12345678901234567890n });
  }
});
