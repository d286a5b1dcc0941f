import { afterEach, expect, test } from 'vitest';
import { t, setTranslations } from './translation.ts';

afterEach(() => setTranslations({}));

test('inserts values for all placeholders', () => {
  expect(t('nothing to fill in')).toBe('nothing to fill in');
  expect(t('`{0}` and {1}, and {0} again', 'a', 2)).toBe('`a` and 2, and a again');
  expect(t('{1}{0}', '', '$&')).toBe('$&');
});

test('keeps placeholders without a value, and other braces', () => {
  expect(t('{0} of {1}, `${HOME}` {}', 'one')).toBe('one of {1}, `${HOME}` {}');
});

test('a language that is set later also applies to texts that were used before', () => {
  expect(t('Write {0}', 'x')).toBe('Write x');
  setTranslations({ 'Write {0}': '写成 {0}' });
  expect(t('Write {0}', 'x')).toBe('写成 x');
});
