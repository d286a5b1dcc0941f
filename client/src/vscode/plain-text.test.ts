import { expect, test } from 'vitest';
import { withoutLinks } from './plain-text.ts';

test('removes links from untrusted text', () => {
  const step = 'RUN echo [Fix](command:workbench.action.quit)';
  expect(withoutLinks(step)).not.toContain('](');
  expect(withoutLinks(step).replace('\u200B', '')).toBe(step);
});
