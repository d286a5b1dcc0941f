/** What rules wait for, held against real Dockerfiles: a rule that is not called would have had nothing to say. */
import { expect, test } from 'vitest';
import { rulesFor } from '../../server/src/lint/trigger.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { problemsOf } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { texts } from './texts.ts';

test('rules that a real file does not concern are silent about it', () => {
  const waiting = rules
    .map(({ id, rule }) => ({ id, rule, on: rule.on }))
    .filter(({ on }) => on !== undefined);
  const concerned = rulesFor(waiting);
  const missed = texts.flatMap((text) => {
    const model = createModel(parse(text));
    const called = new Set(concerned(model));
    return waiting
      .filter((one) => !called.has(one) && problemsOf(one.rule, model).length > 0)
      .map(({ id }) => ({ id, text }));
  });
  expect(missed).toEqual([]);
});
