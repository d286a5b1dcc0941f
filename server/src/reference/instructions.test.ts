import { expect, test } from 'vitest';
import { instructionInfo, instructions, keywords, mountTypes } from './instructions.ts';
import { predefinedArguments } from './variables.ts';

test('contains all eighteen instructions in order, found in any case', () => {
  expect(keywords).toHaveLength(18);
  expect([...keywords].sort()).toEqual(keywords);
  expect(instructionInfo('healthCheck')?.keyword).toBe('HEALTHCHECK');
  expect(instructionInfo('FRM')).toBeUndefined();
});

test.each(instructions)('$keyword is fully described', ({ keyword, summary, forms, flags }) => {
  expect(summary).toMatch(/^[A-Z][^.]*\.$/);
  expect(forms.length).toBeGreaterThan(0);
  for (const { label, parameters } of forms) {
    expect(label.split(' ')[0]).toBe(keyword);
    for (const parameter of parameters) {
      expect(label).toContain(parameter.label);
      expect(parameter.documentation).not.toBe('');
    }
  }
  const names = flags.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('names of mount options and variables are unique', () => {
  for (const { options } of mountTypes) {
    const names = options.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  }
  const names = predefinedArguments.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
