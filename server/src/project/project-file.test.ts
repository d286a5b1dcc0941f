import { describe, expect, test } from 'vitest';
import { createModel } from '../model/lazy-model.ts';
import { rules } from '../rules/index.ts';
import { parse } from '../syntax/parse.ts';
import { merge } from './config.ts';
import { lint } from '../lint/lint.ts';
import { readProjectFile } from './project-file.ts';
import type { LintConfig } from '../lint/rule.ts';

async function read(yaml: string): Promise<LintConfig> {
  const { config, problems } = await readProjectFile('/a/.hadolint.yaml', yaml, rules);
  expect(problems).toEqual([]);
  return config;
}

function named(text: string, config: LintConfig, code: string): readonly string[] {
  return lint(createModel(parse(text)), rules, config).flatMap(({ also, severity }) =>
    also.includes(code) ? [severity] : [],
  );
}

const twice = 'FROM alpine:3.22\nCMD ["a"]\nCMD ["b"]\nENTRYPOINT ["c"]\nENTRYPOINT ["d"]\n';

describe('.hadolint.yaml', () => {
  test('ignores a name, and not the other names of the same rule', async () => {
    const config = await read('ignored:\n  - DL4003\n  - SC2086\n');
    expect(named(twice, config, 'DL4003')).toEqual([]);
    expect(named(twice, config, 'DL4004')).toEqual(['warning']);
  });

  test('overrides severities by name', async () => {
    const config = await read('override:\n  error: [DL4004]\n  style: [DL4003]\n');
    expect(named(twice, config, 'DL4003')).toEqual(['hint']);
    expect(named(twice, config, 'DL4004')).toEqual(['error']);
  });

  test('turns on a rule that is off, only for the name in an override', async () => {
    const text = 'FROM debian:13\nRUN apt-get install -y b\n';
    expect(named(text, { rules: {} }, 'DL3008')).toEqual([]);
    expect(named(text, await read('override: {info: [DL3008]}'), 'DL3008')).toEqual(['info']);
    const all = lint(
      createModel(
        parse(
          'FROM debian:13\nRUN apt install -y b\n# x\nFROM a:1\n# hadolint ignore=DL1001\nRUN b\n',
        ),
      ),
      rules,
      await read('override: {info: [DL1001]}'),
    );
    expect(all.filter(({ rule }) => rule === 'pin-apt-versions')).toEqual([]);
  });

  test('still reports a build error that is ignored by name, without the name', async () => {
    const config = await read('ignored: [DL3011]');
    const found = lint(createModel(parse('FROM scratch\nEXPOSE 70000\n')), rules, config);
    expect(found.map(({ rule, also }) => ({ rule, also }))).toEqual([
      { rule: 'port-invalid', also: [] },
    ]);
  });

  test('reads trusted registries and the label schema', async () => {
    const config = await read(
      'trustedRegistries: [b.org]\nlabel-schema:\n  c: semver\nstrict-labels: true\n',
    );
    const text = 'FROM a:1\nLABEL c=x d=y\n';
    expect(named(text, config, 'DL3026')).toHaveLength(1);
    expect(named(text, config, 'DL3056')).toHaveLength(1);
    expect(named(text, config, 'DL3050')).toHaveLength(1);
    const single = await read('trustedRegistries: b.org\n');
    expect(named(text, single, 'DL3026')).toHaveLength(1);
    const raised = merge(config, { rules: { 'trusted-registries': 'hint' } });
    expect(named(text, raised, 'DL3026')).toEqual(['hint']);
  });

  test('disables ignore comments of hadolint, and not ours', async () => {
    const text = 'FROM a:1\n# hadolint ignore=DL3004\nRUN sudo b\n';
    expect(named(text, await read(''), 'DL3004')).toEqual([]);
    expect(named(text, await read('disable-ignore-pragma: true'), 'DL3004')).toHaveLength(1);
    const own = text.replace('hadolint', 'drydock');
    expect(named(own, await read('disable-ignore-pragma: true'), 'DL3004')).toEqual([]);
  });

  test.each([
    ['failure-threshold: error', 'error'],
    ['failure-threshold: style', 'hint'],
    ['failure-threshold: none', 'never'],
    ['no-fail: true\nfailure-threshold: info', 'never'],
  ])('reads the threshold from %j', async (yaml, failOn) => {
    expect((await read(yaml)).failOn).toBe(failOn);
  });

  test.each([
    ['ignored: DL3008', /`ignored` must be a list/],
    ['ignored: [', /Invalid YAML/],
    ['a: *b', /Invalid YAML/],
    ['- a', /hadolint settings/],
    ['override: x', /value of `override` is invalid/],
    ['label-schema: {a: txt}', /`txt` is not a label type/],
    ['failure-threshold: bad', /is invalid/],
  ])('reports %s', async (yaml, expected) => {
    const { problems } = await readProjectFile('x.yml', yaml, rules);
    expect(problems.join('\n')).toMatch(expected);
  });
});
