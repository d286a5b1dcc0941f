import { describe, expect, test } from 'vitest';
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
  const { text, words, set, unset, trouble } = expand(row.input, (name) => env[name])!;
  expect(trouble !== undefined).toBe(row.refused ?? false);
  if (row.text !== undefined) expect(text).toBe(row.text);
  if (row.words !== undefined) expect(words).toEqual(row.words);
  if (row.set !== undefined) expect([...set].sort()).toEqual(row.set);
  if (row.unset !== undefined) expect([...unset].sort()).toEqual(row.unset);
});

test('uses the backtick as escape character if the directive says so', () => {
  expect(expand('`$a \\$a', () => 'x', '`')?.text).toBe('$a \\x');
});

test('reports a required variable that is not set', () => {
  expect(expand('${a:?no a}', () => undefined)?.trouble).toEqual({
    code: 'required-variable',
    values: ['a', 'no a'],
  });
});

describe('has a limit for', () => {
  const value = 'ab'.repeat(1000);
  const expansionOf = (word: string): string | undefined => expand(word, () => value)?.text;

  test('the length of all values', () => {
    expect(expansionOf('$a$b')).toHaveLength(4000);
    expect(expansionOf('$a$b$c')).toBeUndefined();
    expect(expansionOf('${a:-$b}${a:+$b$c}')).toBeUndefined();
  });

  test('replacements', () => {
    expect(expansionOf('${a//b/cd}')).toHaveLength(3000);
    expect(expansionOf('${a//b/$b}')).toBeUndefined();
    expect(expansionOf('${a//a/${b//a/${c//a/$d}}}')).toBeUndefined();
  });

  test('the steps of patterns', () => {
    expect(expansionOf('${a##*b}')).toBe('');
    expect(expansionOf(`\${a//${'*a'.repeat(50)}x/}`)).toBeUndefined();
    expect(expansionOf(`\${a##${'*'.repeat(100_000)}}`)).toBe('');
  });

  test('nesting', () => {
    expect(expansionOf(`${'${u:+'.repeat(10_000)}${'}'.repeat(10_000)}`)).toBe('');
  });
});
