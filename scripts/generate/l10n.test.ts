import { expect, test } from 'vitest';
import { textsOf } from './l10n.ts';

test('texts are the literals that t() is called with', () => {
  const { found, unreadable } = textsOf(
    'a.ts',
    "t('Stop {0}', name); x.t('not ours'); f(t(`Plain`)); t(many ? 'a' : 'b'); t(rule.summary);",
  );
  expect(found).toEqual(['Stop {0}', 'Plain']);
  expect(unreadable).toEqual(["a.ts:1 t(many ? 'a' : 'b')"]);
});

test('texts that tables declare are taken by name, also by way of a variable', () => {
  const { found, unreadable } = textsOf(
    'a.ts',
    "const table = { documentation: 'What it does.' }; const known = table?.documentation; t(known); t(other);",
  );
  expect(found).toEqual([]);
  expect(unreadable).toEqual(['a.ts:1 t(other)']);
});
