/** Triggers of rules on real Dockerfiles: a rule that is not called would not have reported anything. */
import { expect, test } from 'vitest';
import { rulesFor } from '../../server/src/lint/trigger.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { problemsOf, triggerOf } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { texts } from './texts.ts';

test('rules without a trigger in a real file do not report anything in it', () => {
  const triggered = rules
    .map(({ id, rule }) => ({ id, rule, on: triggerOf(rule, rule.options?.fallback) }))
    .filter(({ on }) => on !== undefined);
  const concerned = rulesFor(triggered);
  const missed = texts.flatMap((text) => {
    const model = createModel(parse(text));
    const called = new Set(concerned(model));
    return triggered
      .filter((one) => !called.has(one) && problemsOf(one.rule, model).length > 0)
      .map(({ id }) => ({ id, text }));
  });
  expect(missed).toEqual([]);
});
