/** Safe fixes on real Dockerfiles end, leave no safe fix to apply and cause no build errors. */
import { expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { Finding } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import { texts } from './texts.ts';

const config = { rules: {}, everyRule: true };

function find(text: string): readonly Finding[] {
  const log = (message: string, error: unknown): never => {
    throw new Error(message, { cause: error });
  };
  return lint(document('', text).model, rules, config, { log });
}

function buildErrors(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ category }) => category === 'build-error').map(({ rule }) => rule);
}

test('safe fixes end, leave no safe fix to apply and cause no build errors', () => {
  let applied = 0;
  for (const text of texts) {
    const before = new Set(buildErrors(find(text)));
    const fixed = fixAll(text, find, 'safe');
    applied += fixed.applied;
    const after = find(fixed.text);
    const caused = buildErrors(after).filter((rule) => !before.has(rule));
    const left = after.filter(({ fix }) => fix !== undefined && fix.safe !== false);
    const again = fixAll(fixed.text, find, 'safe').applied;
    const wrong = { caused, left: left.map(({ rule, message }) => `${rule}: ${message}`), again };
    if (caused.length + left.length + again > 0)
      expect({ ...wrong, text }).toEqual({ caused: [], left: [], again: 0, text: '' });
  }
  expect(applied).toBeGreaterThan(10);
});
