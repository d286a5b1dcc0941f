/** Tests edge cases of a rule, in the form of its examples, so that a case can be moved to the docs unchanged. */
import { describe, expect, test } from 'vitest';
import { unmark } from '../server/src/lint/example.ts';
import { fixAll } from '../server/src/lint/fix.ts';
import { lint } from '../server/src/lint/lint.ts';
import type { Example, Finding } from '../server/src/lint/rule.ts';
import { createModel } from '../server/src/model/lazy-model.ts';
import { parse } from '../server/src/syntax/parse.ts';
import { rules } from '../server/src/rules/index.ts';

type Invalid = Omit<Example, 'good'> & { readonly good?: string };

/** Expects no findings in `valid`, and exactly the marked spans in `invalid`, with `good` as the result of the fixes. */
export function testRule(
  id: string,
  {
    valid = [],
    invalid = [],
  }: { readonly valid?: readonly string[]; readonly invalid?: readonly Invalid[] },
): void {
  const alone = rules.filter((registered) => registered.id === id);
  const find = (text: string, options?: object): readonly Finding[] =>
    lint(createModel(parse(text)), alone, {
      rules: { [id]: { severity: 'warning', ...(options !== undefined && { options }) } },
    });
  describe(id, () => {
    test('is a rule', () => {
      expect(alone).toHaveLength(1);
    });
    test.each(valid.map((text) => ({ text })))('valid: $text', ({ text }) => {
      expect(find(text).map(({ message }) => message)).toEqual([]);
    });
    test.each(invalid)('invalid: $bad', ({ bad, good, options }) => {
      const { text, spans } = unmark(bad);
      const found = find(text, options);
      expect(found.map(({ at: { span } }) => span)).toEqual(spans);
      if (good !== undefined) {
        expect(fixAll(text, (it) => find(it, options), 'unsafe').text).toBe(good);
      }
    });
  });
}
