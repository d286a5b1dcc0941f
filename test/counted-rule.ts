/** A rule for tests that count how often rules run. */
import { rule, type Registered, type Report } from '../server/src/lint/rule.ts';
import type { Model } from '../server/src/model/model.ts';

/** A rule with the id `counted` that calls a function each time it runs. */
export function countedRule(check: (model: Model, report: Report) => void): Registered {
  const definition = rule({
    summary: 'Count',
    why: 'Because.',
    severity: 'warning',
    since: '0.1.0',
    examples: [{ bad: '', good: '' }],
    check({ model, report }) {
      check(model, report);
    },
  });
  return { id: 'counted', category: 'style', rule: definition };
}
