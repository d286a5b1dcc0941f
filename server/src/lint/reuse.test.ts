import { describe, expect, test } from 'vitest';
import { countedRule } from '../../../test/counted-rule.ts';
import { someDockerfiles } from '../../../test/dockerfiles.ts';
import { createRandom } from '../../../test/random.ts';
import { document, withText, type Document } from '../model/document.ts';
import type { Model } from '../model/model.ts';
import { rules } from '../rules/index.ts';
import { lint, LintRun } from './lint.ts';
import type { LintRecord } from './reuse.ts';
import type { Finding, LintConfig, Registered, Report } from './rule.ts';

function started(
  { model }: Document,
  list: readonly Registered[],
  config: LintConfig,
  before: LintRecord | 'none',
): { readonly findings: readonly Finding[]; readonly record: LintRecord | 'none' } {
  const run = new LintRun(model, list, config, { before });
  while (run.step());
  return { findings: run.findings(), record: run.record ?? 'none' };
}

/** How often a rule runs for each of several texts, and the lines that it reports for the last one. */
function runs(check: (model: Model, report: Report) => void, ...texts: readonly string[]) {
  let count = 0;
  const list = [
    countedRule((model, report) => {
      count++;
      check(model, report);
    }),
  ];
  const config = { rules: {} };
  let latest = document('file:///Dockerfile', texts[0] ?? '');
  let record: LintRecord | 'none' = 'none';
  let findings: readonly Finding[] = [];
  for (const text of texts) {
    latest = withText(latest, text, 0);
    ({ record, findings } = started(latest, list, config, record));
  }
  const lines = findings.map(({ at }) => latest.text.slice(0, at.span.start).split('\n').length);
  return { count, lines };
}

const eachCopy = (model: Model, report: Report): void => {
  for (const { keyword } of model.each('COPY')) report({ at: keyword, message: 'a COPY' });
};

/** A rule that reads something and reports nothing. */
function reading(read: (model: Model) => unknown): (model: Model) => void {
  return (model) => {
    read(model);
  };
}

describe('after a change', () => {
  const start = 'FROM a\nCOPY b c\nRUN d\n';

  test('does not run a rule again that read other kinds of instructions', () => {
    expect(runs(eachCopy, start, `${start}USER e\n`)).toEqual({ count: 1, lines: [2] });
    expect(runs(eachCopy, start, `${start}# e\n`)).toEqual({ count: 1, lines: [2] });
    expect(runs(eachCopy, start, 'FROM a\nCOPY b c\n')).toEqual({ count: 1, lines: [2] });
  });

  test('runs a rule again that read an instruction that changes, moves or is added', () => {
    expect(runs(eachCopy, start, 'FROM a\nCOPY b d\nRUN d\n').count).toBe(2);
    expect(runs(eachCopy, start, '\nFROM a\nCOPY b c\nRUN d\n')).toEqual({ count: 2, lines: [3] });
    expect(runs(eachCopy, start, `${start}COPY e f\n`)).toEqual({ count: 2, lines: [2, 4] });
    expect(runs(eachCopy, start, `${start}ONBUILD COPY e f\n`).count).toBe(2);
    expect(runs(eachCopy, `${start}COPY e f\n`, start)).toEqual({ count: 2, lines: [2] });
  });

  test('runs a rule again that read the whole tree, a stage or something that depends on it', () => {
    const after = `${start}USER e\n`;
    expect(
      runs(
        reading(({ tree }) => tree.comments.length),
        start,
        `${start}# e\n`,
      ).count,
    ).toBe(2);
    expect(
      runs(
        reading(({ stages }) => stages[0]?.instructions),
        start,
        after,
      ).count,
    ).toBe(2);
    expect(
      runs(
        reading(({ target }) => target?.usedBy),
        start,
        after,
      ).count,
    ).toBe(1);
    expect(
      runs(
        reading(({ target }) => target?.usedBy),
        start,
        `${start}RUN e\n`,
      ).count,
    ).toBe(2);
    const from = (model: Model): void => {
      for (const one of model.each('FROM')) model.stateAt(one);
    };
    expect(runs(from, start, after).count).toBe(2);
    expect(runs(from, start, `${start}EXPOSE 80\n`).count).toBe(1);
  });

  test('runs all rules again if a comment names a shell, or line breaks or directives change', () => {
    expect(runs(eachCopy, start, `${start}# hadolint shell=pwsh\n`).count).toBe(2);
    expect(runs(eachCopy, start, `${start}\r\n`).count).toBe(2);
    expect(runs(eachCopy, start, `# escape=\`\n${start}`).count).toBe(2);
    const { count } = runs(
      reading(({ source }) => source.directives),
      '# syntax=a\n',
      '# syntax=b\n',
    );
    expect(count).toBe(2);
  });

  test('applies ignore comments to findings of the run before', () => {
    const ignored = `${start}# drydock global ignore=counted\n`;
    expect(runs(eachCopy, start, ignored)).toEqual({ count: 1, lines: [] });
    expect(runs(eachCopy, ignored, start)).toEqual({ count: 1, lines: [2] });
  });
});

const inserted = ['#', ' ', '\n', '\\\n', 'RUN apt-get install curl\n', '\nRUN ', 'COPY --from=build / /\n', '\n# hadolint ignore=DL3008\n', '\n# hadolint shell=pwsh\n', '\nFROM scratch\n', '\nFROM debian:buster AS build\n', '\nUSER root\n', '\nENV A=$B\n', '\nARG X\n', '\nSHELL ["bash", "-c"]\n', '\nONBUILD RUN cd /x\n', '\nWORKDIR x\n', '"', '$', '`', ' <<EOF\n', 'EOF\n', '# escape=`\n', '# syntax=docker/dockerfile:1\n', '\nCMD x', '\nENTRYPOINT ["x"]\n', '\nLABEL a=b\n', '\nEXPOSE 1\n', '\nHEALTHCHECK NONE\n', '\nADD http://x/y /z\n', '\nVOLUME /a\n', 'a', 'é', ';', ' | ', ' && ', '\r\n', '\nRUN --mount=type=secret,id=a cat x\n'] as const; // prettier-ignore

/** What a finding says; nodes of scripts compute some of their properties when they are first read. */
function shown(findings: readonly Finding[]): string {
  return JSON.stringify(findings, (key, value: unknown) =>
    key === 'at' ? (value as Finding['at']).span : value,
  );
}

test('many changes of real files have the findings that the same text has when it is opened', () => {
  const next = createRandom(11);
  const upTo = (most: number): number => Math.floor(next() * most);
  const wrong: string[] = [];
  for (const [i, original] of someDockerfiles(40).entries()) {
    const config: LintConfig = { rules: {}, everyRule: i % 2 === 0 };
    let latest = document('file:///Dockerfile', original.slice(0, 8000));
    let { record } = started(latest, rules, config, 'none');
    for (let change = 1; change <= 8; change++) {
      const { text } = latest;
      const isAtEnd = next() < 0.5;
      const at = isAtEnd ? Math.max(0, text.length - upTo(40)) : upTo(text.length + 1);
      const end = at + (next() < 0.3 ? upTo(isAtEnd ? 40 : 200) : 0);
      const added = next() < 0.2 ? '' : (inserted[upTo(inserted.length)] ?? '');
      latest = withText(latest, text.slice(0, at) + added + text.slice(end), change);
      const changed = started(latest, rules, config, record);
      ({ record } = changed);
      const expected = lint(document('file:///Dockerfile', latest.text).model, rules, config);
      if (shown(changed.findings) !== shown(expected)) wrong.push(latest.text);
    }
  }
  expect(wrong).toEqual([]);
});
