/** Rules that know one of ShellCheck's codes say what ShellCheck says: held over their examples, with the program itself. */
import { expect, test } from 'vitest';
import { unmark } from '../lint/example.ts';
import { understand } from '../model/understand.ts';
import { rules } from '../rules/index.ts';
import { parse } from '../syntax/parse.ts';
import { findingsOf } from './findings.ts';
import { findShellCheck } from './program.ts';
import { scriptsIn } from './scripts.ts';

const program = await findShellCheck('auto', () => undefined);

/** What `sh` can do is ours to know by the image; of the rest each code is the program's too. */
const isOfAnyShell = (code: string): boolean => /^SC[12]/.test(code) && !/^SC(?:2039|211[23])$/.test(code); // prettier-ignore

async function said(text: string): Promise<ReturnType<typeof findingsOf>> {
  const model = understand(parse(text));
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

test('some rules know its codes', () => {
  expect(new Set(cases.flatMap(({ codes }) => codes)).size).toBeGreaterThan(8);
});

/** Skipped where the program is not installed. */
test.skipIf(program === undefined).each(cases)(
  'ShellCheck says it of an example of $id, and not of what the fix makes',
  async ({ codes, example }) => {
    const { text, spans } = unmark(example.bad);
    const ofBad = (await said(text)).filter(({ also }) => also.some((one) => codes.includes(one)));
    for (const { start, end } of spans)
      expect(
        ofBad.some(({ at: { span } }) => span.start <= end && start <= span.end),
        `at ${String(start)}`,
      ).toBe(true);
    const ofGood = (await said(example.good)).flatMap(({ also }) => also);
    expect(ofGood.filter((one) => codes.includes(one))).toEqual([]);
  },
);
