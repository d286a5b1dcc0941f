import { config } from '@vscode/l10n';
import { expect, test } from 'vitest';
import { formatDateTime } from './format.ts';
import { formatNames } from './name-list.ts';

test('formats names for a sentence', () => {
  expect(formatNames(['a'])).toBe('a');
  expect(formatNames(['a', 'b'])).toBe('a and b');
  expect(formatNames(['a', 'b', 'c'])).toBe('a, b and c');
  expect(formatNames(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

test('formats lists and dates in the language of the texts', () => {
  const texts = { ', ': '、', '{0} and {1}': '{0} 和 {1}', en: 'zh-CN' };
  config({ contents: texts });
  try {
    expect(formatNames(['a', 'b', 'c'])).toBe('a、b 和 c');
    expect(formatDateTime(new Date(2026, 10, 30, 23, 6, 29))).toBe('2026年11月30日 23:06:29');
  } finally {
    config({ contents: {} });
  }
});
