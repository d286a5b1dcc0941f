/** Checks that rules with a ShellCheck code agree with ShellCheck on their examples. */
import { expect, test } from 'vitest';
import { unmark } from '../lint/example.ts';
import { createModel } from '../model/lazy-model.ts';
import { rules } from '../rules/index.ts';
import { parse } from '../syntax/parse.ts';
import { findingsOf } from './findings.ts';
import { findShellCheck } from './program.ts';
import { scriptsIn } from './scripts.ts';

const program = await findShellCheck('auto', () => undefined);

/** Codes about `sh` depend on the image, which only we know; all other codes must match. */
const isOfAnyShell = (code: string): boolean => /^SC[12]/.test(code) && !/^SC(?:2039|211[23])$/.test(code); // prettier-ignore

async function findingsIn(text: string): Promise<ReturnType<typeof findingsOf>> {
  const model = createModel(parse(text));
  const remarked = await Promise.all(
    scriptsIn(model).map(async (script) => ({
      script,
      remarks: (await program?.check(script.text, script.shell)) ?? [],
    })),
  );
  return findingsOf(model, remarked, { rules: {} });
}

const cases = rules.flatMap(({ id, rule }) => {
  const codes = (rule.also?.hadolint ?? []).filter(isOfAnyShell);
  return codes.length === 0 ? [] : rule.examples.map((example) => ({ id, codes, example }));
});

test('some rules have ShellCheck codes', () => {
  expect(new Set(cases.flatMap(({ codes }) => codes)).size).toBeGreaterThan(8);
});

/** Skipped where `shellcheck` is not installed. */
test.skipIf(program === undefined).each(cases)(
  'ShellCheck reports the example of $id, and not the fixed one',
  async ({ codes, example }) => {
    const { text, spans } = unmark(example.bad);
    const ofBad = (await findingsIn(text)).filter(({ also }) =>
      also.some((one) => codes.includes(one)),
    );
    for (const { start, end } of spans)
      expect(
        ofBad.some(({ at: { span } }) => span.start <= end && start <= span.end),
        `at ${String(start)}`,
      ).toBe(true);
    const ofGood = (await findingsIn(example.good)).flatMap(({ also }) => also);
    expect(ofGood.filter((one) => codes.includes(one))).toEqual([]);
  },
);
