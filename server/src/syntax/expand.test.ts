import { expect, test } from 'vitest';
import cases from './cases/expand.json' with { type: 'json' };
import { expand } from './expand.ts';

interface Row {
  readonly input: string;
  readonly env?: unknown;
  readonly text?: string;
  readonly words?: readonly string[];
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  readonly refused?: boolean;
}

test.each(cases.rows as readonly Row[])('expands $input', (row) => {
  const env = (row.env === 'common' ? cases.common : (row.env ?? {})) as Record<string, string>;
  const { text, words, set, unset, trouble } = expand(row.input, (name) => env[name]);
  expect(trouble !== undefined).toBe(row.refused ?? false);
  if (row.text !== undefined) expect(text).toBe(row.text);
  if (row.words !== undefined) expect(words).toEqual(row.words);
  if (row.set !== undefined) expect([...set].sort()).toEqual(row.set);
  if (row.unset !== undefined) expect([...unset].sort()).toEqual(row.unset);
});

test('uses the backtick as escape character if the directive says so', () => {
  expect(expand('`$a \\$a', () => 'x', '`').text).toBe('$a \\x');
});

test('reports a required variable that is not set', () => {
  expect(expand('${a:?no a}', () => undefined).trouble).toEqual({
    code: 'required-variable',
    values: ['a', 'no a'],
  });
});
