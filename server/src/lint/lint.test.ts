import { describe, expect, test } from 'vitest';
import { createModel } from '../model/lazy-model.ts';
import { parse } from '../syntax/parse.ts';
import { dockerfile } from '../text/dedent.ts';
import { insert, replace } from '../text/edit.ts';
import { readConfig } from '../project/config.ts';
import { ignoreFile } from '../project/ignore-file.ts';
import { rulesNamed } from './rule-names.ts';
import { unmark } from './example.ts';
import { fixAll } from './fix.ts';
import { lint } from './lint.ts';
import { rules } from '../rules/index.ts';
import type { ContextRoot, Surroundings } from './surroundings.ts';
import { closestMatch } from '../text/closest-match.ts';
import { rule, type Finding, type LintConfig, type Registered } from './rule.ts';

const meta = {
  summary: 'Say please',
  why: 'Because.',
  severity: 'warning',
  since: '0.1.0',
  examples: [{ bad: '', good: '' }],
} as const;

/** Reports every RUN, with names of hadolint, BuildKit and tally. */
const eachRun: Registered = {
  id: 'each-run',
  category: 'style',
  rule: rule({
    ...meta,
    also: { hadolint: ['DL3001'], buildkit: ['EachRun'], tally: ['tally/each-run'] },
    check({ model, report }) {
      for (const { keyword } of model.each('RUN')) report({ at: keyword, message: 'a RUN' });
    },
  }),
};
const eachPart: Registered = {
  id: 'each-part',
  category: 'style',
  rule: rule({
    ...meta,
    check({ model, report }) {
      for (const met of model.commands()) report({ at: met.command, message: 'a command' });
    },
  }),
};
const refused: Registered = {
  id: 'refused',
  category: 'build-error',
  rule: rule({
    ...meta,
    severity: 'error',
    also: { hadolint: ['DL3011'] },
    check({ model, report }) {
      for (const { keyword } of model.each('EXPOSE')) report({ at: keyword, message: 'no' });
    },
  }),
};
const broken: Registered = {
  id: 'broken',
  category: 'style',
  rule: rule({
    ...meta,
    check() {
      throw new Error('oh');
    },
  }),
};
const quiet: Registered = { ...eachRun, id: 'quiet', rule: { ...eachRun.rule, severity: 'off' } };

function found(
  text: string,
  list: readonly Registered[] = [eachRun],
  config: LintConfig = { rules: {} },
): readonly Finding[] {
  return lint(createModel(parse(text)), list, config);
}
function lines(text: string, list?: readonly Registered[]): readonly number[] {
  return found(text, list).map(({ at }) => text.slice(0, at.span.start).split('\n').length);
}

describe('lint', () => {
  test('logs a rule that throws, and reports the findings of the others', () => {
    const log: string[] = [];
    const model = createModel(parse('FROM a\nRUN b\n'));
    const findings = lint(
      model,
      [broken, eachRun],
      { rules: {} },
      {
        log: (message) => log.push(message),
      },
    );
    expect(findings.map((it) => it.rule)).toEqual(['each-run']);
    expect(log).toEqual(['The rule broken failed']);
  });

  test('sorts findings by position', () => {
    expect(lines('FROM a\nRUN b\nRUN c\n', [eachPart, eachRun])).toEqual([2, 2, 3, 3]);
  });

  test('applies severities and `off` from the configuration', () => {
    expect(found('FROM a\nRUN b\n', [eachRun], { rules: { 'each-run': 'off' } })).toEqual([]);
    const [one] = found('FROM a\nRUN b\n', [eachRun], { rules: { 'each-run': 'hint' } });
    expect(one?.severity).toBe('hint');
  });

  test('runs rules that are off by default with everyRule', () => {
    expect(found('FROM a\nRUN b\n', [quiet])).toEqual([]);
    expect(found('FROM a\nRUN b\n', [quiet], { rules: {}, everyRule: true })).toHaveLength(1);
    expect(found('FROM a\nRUN b\n', [quiet], { rules: { quiet: 'off' }, everyRule: true })).toEqual(
      [],
    );
  });
});

describe('ignores', () => {
  test.each([
    ['# drydock ignore=each-run'],
    ['# drydock ignore=each-run -- for a reason'],
    ['#drydock ignore = other, each-run'],
    ['# hadolint ignore=DL3001'],
    ['# hadolint ignore=DL3999,DL3001 # why'],
    ['# hadolint ignore=each-run'],
    ['# drydock ignore=dl3001'],
    ['# drydock ignore=eachrun'],
    ['# check=skip=EachRun // reason'],
    ['# drydock ignore=all'],
    ['# drydock ignore=hadolint/DL3001'],
    ['# tally ignore=tally/each-run;reason=why'],
    ['# hadolint ignore=tally/each-run'],
    ['# check=skip=each-run'],
    ['# check=skip=DL3001,Other // reason'],
    ['# check=error=true;skip=EachRun'],
    ['# check=skip=Other;skip=EachRun'],
  ])('%s: the instruction below, and no other', (comment) => {
    expect(lines(`FROM a\n${comment}\nRUN b\nRUN c\n`)).toEqual([4]);
  });

  test.each([
    ['# drydock ignore=each-part'],
    ['# hadolint ignore=DL3002'],
    ['# ignore=each-run'],
    ['# drydock: each-run'],
  ])('%s: nothing', (comment) => {
    expect(lines(`FROM a\n${comment}\nRUN b\n`)).toEqual([3]);
  });

  test('applies several comments above an instruction', () => {
    const text =
      'FROM a\n# drydock ignore=each-run\n# hadolint ignore=DL1\n# prose\nRUN b\nRUN c\n';
    expect(lines(text)).toEqual([6]);
  });

  test('does not apply comments above an empty line', () => {
    expect(lines('FROM a\n# drydock ignore=each-run\n\nRUN b\n')).toEqual([4]);
  });

  test('applies to the whole instruction below, or inside an instruction to the next line', () => {
    const text = 'FROM a\nRUN b && \\\n# drydock ignore=each-part\n  c && \\\n  d\n';
    expect(lines(text, [eachPart])).toEqual([2, 5]);
    expect(lines('FROM a\n# drydock ignore=each-part\nRUN b && \\\n  c\n', [eachPart])).toEqual([]);
  });

  test('applies to a stage, above its FROM or inside it', () => {
    const text = dockerfile`
      # hadolint stage ignore=DL3001
      FROM a
      RUN b
      FROM c
      # drydock stage ignore=each-run
      RUN d
      FROM e
      RUN f
    `;
    expect(lines(text)).toEqual([8]);
  });

  test('applies to the whole file', () => {
    expect(lines('FROM a\nRUN b\n# drydock global ignore=each-run\nRUN c\n')).toEqual([]);
    expect(lines('# check=skip=EachRun\nFROM a\nRUN b\n')).toEqual([]);
    expect(lines('# check=skip=all\nFROM a\nRUN b\n')).toEqual([]);
    expect(lines('# check=skip=Other\nFROM a\nRUN b\n')).toEqual([3]);
    // BuildKit compares names with case.
    expect(lines('# check=skip=eachrun\nFROM a\nRUN b\n')).toEqual([3]);
    expect(lines('# check=skip=ALL\nFROM a\nRUN b\n')).toEqual([3]);
  });

  test('does not run a rule that needs surroundings without them', () => {
    const dependent: Registered = { ...eachRun, rule: { ...eachRun.rule, needs: 'surroundings' } };
    expect(found('FROM a\nRUN b\n', [dependent])).toEqual([]);
    const model = createModel(parse('FROM a\nRUN b\n'));
    const surroundings = { ignoreFile: 'none' } as const;
    expect(lint(model, [dependent], { rules: {} }, { surroundings })).toHaveLength(1);
  });

  test('runs a rule that needs an ignore file only if there is one', () => {
    const dependent: Registered = { ...eachRun, rule: { ...eachRun.rule, needs: 'ignoreFiles' } };
    const model = createModel(parse('FROM a\nRUN b\n'));
    const count = (surroundings: Surroundings): number =>
      lint(model, [dependent], { rules: {} }, { surroundings }).length;
    const file = ignoreFile('.dockerignore', 'a\n', undefined);
    const root: ContextRoot = { list: () => [], ignoreFile: file, isWorkspace: true };
    expect(count({ ignoreFile: 'none' })).toBe(0);
    expect(count({ ignoreFile: 'elsewhere', roots: [{ ...root, ignoreFile: undefined }] })).toBe(0);
    expect(count({ ignoreFile: 'elsewhere', roots: [root] })).toBe(1);
    expect(count({ ignoreFile: file })).toBe(1);
  });

  test.each([
    [undefined, ['top']],
    [['curl'], ['curl']],
    [[], []],
  ])('calls a rule for what its options name: %j', (commands, expected) => {
    const text = 'FROM a\nRUN top && curl b\n';
    const setting = commands === undefined ? {} : { options: { commands } };
    const config = { rules: { 'ineffective-command': setting } };
    const ineffective = rules.filter(({ id }) => id === 'ineffective-command');
    const reported = lint(createModel(parse(text)), ineffective, config);
    expect(reported.map(({ at }) => text.slice(at.span.start, at.span.end))).toEqual(expected);
  });

  test('runs a rule that needs ignore comments last, with what each name refers to', () => {
    const mentioned: string[] = [];
    const last: Registered = {
      id: 'last',
      category: 'style',
      rule: rule({
        ...meta,
        needs: 'ignores',
        check({ ignores = [], names }) {
          for (const { name, isUsed, means } of ignores)
            mentioned.push(`${name} ${isUsed} ${means}`);
          expect(names?.()).toContain('EachRun');
        },
      }),
    };
    const text =
      'FROM a\n# drydock ignore=each-run,DL3001,quiet,nope\nRUN b\n# check=skip=EachRun\n';
    lint(
      createModel(parse(text)),
      [last, eachRun, { ...quiet, rule: { ...quiet.rule, also: {} } }],
      { rules: {} },
      {
        log: (_, error) => expect(error).toBeUndefined(),
      },
    );
    expect(mentioned).toEqual([
      'each-run true a rule',
      'dl3001 true a rule',
      'quiet false a rule that is off',
      'nope false nothing',
      'eachrun false a rule',
    ]);
    mentioned.length = 0;
    found('FROM a\nRUN b\n', [last, eachRun]);
    expect(mentioned).toEqual([]);
  });

  test('reports warnings of BuildKit as errors with check=error=true', () => {
    const [one] = found('# check=error=true\nFROM a\nRUN b\n');
    expect(one?.severity).toBe('error');
    const [two] = found('# check=error=true\nFROM a\nRUN b\n', [eachPart]);
    expect(two?.severity).toBe('warning');
    const [three] = found('# check=error=true;error=false\nFROM a\nRUN b\n');
    expect(three?.severity).toBe('warning');
  });

  test('uses the last of two skip options, and ignores `all` in a list', () => {
    expect(lines('# check=skip=EachRun;skip=Other\nFROM a\nRUN b\n')).toEqual([3]);
    expect(lines('# check=skip=all,Other\nFROM a\nRUN b\n')).toEqual([3]);
  });

  test("ignores a build error by its own id, and not by another linter's name", () => {
    const [one] = found('FROM a\n# hadolint ignore=DL3011\nEXPOSE 1\n', [refused]);
    expect(one).toMatchObject({ rule: 'refused', also: [] });
    expect(found('FROM a\n# drydock ignore=refused\nEXPOSE 1\n', [refused])).toEqual([]);
    expect(found('# check=skip=all\nFROM a\nEXPOSE 1\n', [refused])).toHaveLength(1);
  });

  test('supports a backtick as the escape character', () => {
    expect(
      lines('# escape=`\nFROM a\nRUN b `\n# drydock ignore=each-part\n c\n', [eachPart]),
    ).toEqual([3]);
  });
});

describe('fixAll', () => {
  const finding = (start: number, end: number, text: string, safe?: false): Finding => ({
    rule: 'r',
    category: 'c',
    severity: 'warning',
    also: [],
    at: { span: { start, end } },
    message: 'm',
    fix: { title: 't', edits: [replace({ start, end }, text)], ...(safe === false && { safe }) },
  });

  test('applies fixes that do not overlap, and repeats', () => {
    const look = (text: string): readonly Finding[] =>
      [...text.matchAll(/aa/g)].map(({ index }) => finding(index, index + 2, 'a'));
    expect(fixAll('aaaa b aa', look, 'safe')).toEqual({ text: 'a b a', applied: 4 });
  });

  test('applies unsafe fixes only if requested', () => {
    const look = (text: string): readonly Finding[] =>
      text === 'x' ? [finding(0, 1, 'y', false)] : [];
    expect(fixAll('x', look, 'safe')).toEqual({ text: 'x', applied: 0 });
    expect(fixAll('x', look, 'unsafe')).toEqual({ text: 'y', applied: 1 });
  });

  test('applies the first of two fixes that overlap or insert at the same position', () => {
    const both = [finding(0, 3, 'A'), finding(2, 4, 'B')];
    expect(fixAll('abcd', (text) => (text === 'abcd' ? both : []), 'safe').text).toBe('Ad');
    const inserts = ['1', '2'].map((text) => ({
      ...finding(1, 1, text),
      fix: { title: text, edits: [insert(1, text)] },
    }));
    expect(fixAll('ab', (text) => (text === 'ab' ? inserts : []), 'safe').text).toBe('a1b');
  });

  test('stops when two rules contradict each other', () => {
    const look = (text: string): readonly Finding[] => [finding(0, 1, text === 'a' ? 'b' : 'a')];
    expect(fixAll('a', look, 'safe')).toEqual({ text: 'a', applied: 10 });
  });
});

describe('configuration', () => {
  const known = [eachRun, refused];
  const problems = (text: string): readonly string[] => readConfig(text, known).problems;

  test('reads severities and options by id and by other names', () => {
    const read = readConfig(
      '{ "rules": { "each-run": "off", "DL3011": { "severity": "info" } } }',
      known,
    );
    expect(read).toEqual({
      config: { rules: { 'each-run': 'off', refused: { severity: 'info' } } },
      problems: [],
    });
  });

  test.each([
    ['{', /^Invalid JSON/],
    ['[]', /object/],
    ['{ "rule": {} }', /Unknown setting `rule`/],
    ['{ "rules": { "each-rnu": "off" } }', /Unknown rule `each-rnu`; did you mean `each-run`\?/],
    ['{ "rules": { "each-run": "loud" } }', /`each-run` must be off/],
    ['{ "rules": { "each-run": { "level": "off" } } }', /Unknown setting `level` of `each-run`/],
    ['{ "rules": { "each-run": { "severity": 1 } } }', /The severity of `each-run`/],
    ['{ "rules": { "each-run": { "options": {} } } }', /`each-run` has no options/],
    ['{ "everyRule": 1 }', /`everyRule`/],
  ])('reports a problem in %s', (text, expected) => {
    expect(problems(text)).toEqual([expect.stringMatching(expected)]);
  });

  test('applies valid entries next to invalid ones', () => {
    const read = readConfig('{ "rules": { "nope": "off", "each-run": "hint" } }', known);
    expect(read.config).toEqual({ rules: { 'each-run': 'hint' } });
  });

  test('compares names of other linters without case', () => {
    expect(rulesNamed('eachrun', known)).toEqual([eachRun]);
    expect(rulesNamed('each-run', known)).toEqual([eachRun]);
    expect(rulesNamed('nothing', known)).toEqual([]);
  });
});

test.each([
  ['RNU', ['RUN', 'ENV'], 'RUN'],
  ['copyy', ['COPY', 'CMD'], 'COPY'],
  ['chmdo', ['chown', 'chmod'], 'chmod'],
  ['zzz', ['RUN'], undefined],
  ['', ['RUN'], undefined],
  ['a', [], undefined],
])('closestMatch returns the most similar candidate for %s', (word, candidates, expected) => {
  expect(closestMatch(word, candidates)).toBe(expected);
});

test('unmark removes the marks and returns their spans', () => {
  expect(unmark('a «b «c» d» e')).toEqual({
    text: 'a b c d e',
    spans: [
      { start: 2, end: 7 },
      { start: 4, end: 5 },
    ],
  });
});

describe('a file above the limits', () => {
  const commands = 'RUN apt-get install x\n';

  test('gets one finding, and no rule is applied', () => {
    for (const text of [
      `FROM a\n${commands.repeat(20_000)}`,
      `FROM a\n${commands}#${'a'.repeat(1_000_000)}\n`,
    ]) {
      const found = lint(createModel(parse(text)), rules, { rules: {} });
      expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([
        ['file-too-large', 'info'],
      ]);
    }
  });

  test('gets no finding if the rule is off', () => {
    const text = `FROM a\n${commands.repeat(20_000)}`;
    const config = { rules: { 'file-too-large': 'off' as const } };
    expect(lint(createModel(parse(text)), rules, config)).toEqual([]);
  });

  test('below them, the rules are applied', () => {
    const text = `FROM a\n${'USER a\n'.repeat(100)}${commands}`;
    const found = lint(createModel(parse(text)), rules, { rules: {} });
    expect(found.map(({ rule }) => rule)).toContain('apt-assume-yes');
    expect(found.map(({ rule }) => rule)).not.toContain('file-too-large');
  });
});
