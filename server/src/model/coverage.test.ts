import { expect, test } from 'vitest';
import { rename } from '../features/rename.ts';
import { parse } from '../syntax/parse.ts';
import { coveredEnd, mostVariables, variablesEnd } from './coverage.ts';
import { document } from './document.ts';

/** The text up to the end of what is covered. */
function covered(text: string, most: number): string {
  return text.slice(0, variablesEnd(parse(text), most));
}

test('counts declared variables and each `$` in order, but not those of comments', () => {
  const text =
    '# $A $B\nARG A=1\nFROM a:$A\n# $C\nENV B=$A C="$B"\nONBUILD ENV D=1\nRUN echo $B \\\n  # $\n  $C\n';
  const ends = ['A=1', '$A', 'B=', '$A C', 'C=', '$B"', 'D=', '$B \\', '$\n', '$C\n'];
  let at = 0;
  for (const [count, next] of ends.entries()) {
    // Comments within an instruction belong to its script.
    at = text.indexOf(next, Math.max(at, text.indexOf('ARG')));
    expect(covered(text, count)).toBe(text.slice(0, at));
  }
  expect(variablesEnd(parse(text), ends.length)).toBe(Infinity);
  expect(coveredEnd(parse(text))).toBe(Infinity);
});

test('covers a limited number of declared variables', () => {
  const names = Array.from({ length: mostVariables + 10 }, (_, i) => `A${i}=b`);
  const text = `FROM a\nENV ${names.join(' ')}\nRUN echo $A0\n`;
  const { tree, model } = document('untitled:a', text);
  const last = mostVariables - 1;
  expect(text.slice(coveredEnd(tree))).toMatch(new RegExp(`^A${mostVariables}=`));
  expect(model.symbols.filter(({ kind }) => kind === 'variable')).toHaveLength(mostVariables);
  expect(model.symbolAt(text.indexOf(`A${last}=`))?.name).toBe(`A${last}`);
  expect(model.symbolAt(text.indexOf(`A${last + 1}=`))).toBeUndefined();
  const end = model.stages[0]?.instructions.at(-1);
  expect(end?.kind).toBe('ENV');
});

test('covers a limited number of variables that are read, in one word and in many', () => {
  const many = mostVariables + 10;
  for (const text of [
    `FROM a\nENV A=b\nWORKDIR ${'/$A'.repeat(many)}\n`,
    `FROM a\nENV A=b\nLABEL ${'c=$A '.repeat(many)}\n`,
    `FROM a\nENV A=b\nRUN echo ${'$A '.repeat(many)}\n`,
  ]) {
    const { model } = document('untitled:a', text);
    const [symbol] = model.symbols.filter(({ kind }) => kind === 'variable');
    // Its definition is one of the variables.
    expect(symbol?.uses).toHaveLength(mostVariables);
  }
});

test('refuses to rename where a use may be beyond the limit', () => {
  const text = `FROM a\nENV A=b\nLABEL ${'c=$A '.repeat(mostVariables)}\n`;
  expect(rename(document('untitled:a', text), text.indexOf('A=b'), 'B')).toEqual({
    refused: 'The file has more variables than the limit for renaming, 40000',
  });
});
