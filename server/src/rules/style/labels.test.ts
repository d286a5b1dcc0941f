import { describe, expect, test } from 'vitest';
import { labelChecks } from '../../lint/checks/label-values.ts';
import type { LabelKind } from '../../lint/checks/label-kinds.ts';
import { testRule } from '../../../../test/test-rule.ts';

const kinds: readonly (readonly [LabelKind, readonly string[], readonly string[]])[] = [
  ['url', ['https://a.org/b?c#d', 'git://a'], ['a.org', 'https://', 'https://a b']],
  ['rfc3339', ['2021-03-10T10:26:33.56+01:00', '2021-03-10T10:26:33Z'], ['2021-03-10', '2021-13-10T10:26:33Z']], // prettier-ignore
  ['spdx', ['MIT', '(MIT OR Apache-2.0)', 'GPL-2.0-only WITH Classpath-exception-2.0'], ['MIT License', 'MIT OR', '']], // prettier-ignore
  ['hash', ['43c572f', '43c572f1272b6b3171dd1db9e41b7027128ce080'], ['43C572F', '43c57']],
  ['semver', ['1.0.0', '1.0.0-rc.1+b.2'], ['1.0', '01.0.0', 'v1.0.0']],
  ['email', ['a.b@c.org'], ['a', 'a@', 'a b@c']],
  ['text', ['x'], []],
];

describe.each(kinds)('%s', (kind, valid, invalid) => {
  test.each(valid.map((value) => ({ value })))('accepts $value', ({ value }) => {
    expect(labelChecks[kind].fits(value)).toBe(true);
  });
  test.each(invalid.map((value) => ({ value })))('rejects $value', ({ value }) => {
    expect(labelChecks[kind].fits(value)).toBe(false);
  });
});

testRule('label-missing', {
  valid: ['FROM a:1\n'],
  invalid: [
    {
      options: { labels: { b: 'text' } },
      bad: 'FROM a:1 AS x\nLABEL b=1\nFROM x\nFROM c:1 AS y\nFROM «d:1»\nCOPY --from=y /e /e\n',
    },
  ],
});

testRule('label-key', {
  valid: [
    'FROM a:1\nLABEL b$F=2\n',
    'FROM debian:13\nARG F=c\nLABEL b.$F=2\n',
    'FROM a:1\nLABEL org.b-c.d_e=1 $F=2\n',
  ],
  invalid: [
    { bad: 'FROM debian:13\nLABEL «b$F»=2\n' },

    {
      bad: 'FROM a:1\nLABEL «com.docker.b»=1 «buildDate»=2 «d--e»=3\n',
      good: 'FROM a:1\nLABEL com.docker.b=1 build-date=2 d-e=3\n',
    },
  ],
});

testRule('copy-instead-of-add', {
  valid: [
    'FROM a:1\nADD b.tar.gz /c/\nADD https://d.org/e /e\nADD git@d.org:e.git /e\nADD $URL/f /f\n',
    'FROM a:1\nADD b.tar c.txt /d/\nADD e https://d.org/f /g/\n',
  ],
  invalid: [
    { bad: 'FROM a:1\n«ADD» b /c\n', good: 'FROM a:1\nCOPY b /c\n' },
    { bad: 'from a:1\n«add» . /c\n', good: 'from a:1\ncopy . /c\n' },
  ],
});
