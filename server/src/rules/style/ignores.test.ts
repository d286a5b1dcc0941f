/** The rules about ignore comments, which run after all other rules. */
import { describe, expect, test } from 'vitest';
import { unmark } from '../../lint/example.ts';
import { fixAll } from '../../lint/fix.ts';
import { lint } from '../../lint/lint.ts';
import type { Finding, LintConfig } from '../../lint/rule.ts';
import { createModel } from '../../model/lazy-model.ts';
import { parse } from '../../syntax/parse.ts';
import { rules } from '../index.ts';

function find(id: string, text: string, config: LintConfig = { rules: {} }): readonly Finding[] {
  return lint(createModel(parse(text)), rules, config).filter(({ rule }) => rule === id);
}
function marked(id: string, text: string, config?: LintConfig): void {
  const { text: plain, spans } = unmark(text);
  expect(find(id, plain, config).map(({ at }) => at.span)).toEqual(spans);
}
function fixed(text: string): string {
  return fixAll(text, (it) => find('unused-ignore', it), 'safe').text;
}

const run = 'RUN apk add --no-cache curl\n';

describe('unused-ignore', () => {
  test.each([
    `FROM alpine:3.22\n# drydock ignore=«apk-no-cache»\n${run}`,
    `FROM alpine:3.22\n# drydock ignore=«DL3019»\n${run}`,
    // Only hadolint and BuildKit know whether their comments are needed.
    `FROM alpine:3.22\n# hadolint ignore=DL3019\n${run}`,
    'ARG ARCH\n# hadolint ignore=DL3006\nFROM build_${ARCH}\n',
    `FROM alpine:3.22\n# tally ignore=hadolint/DL3019;reason=x\nRUN apk add curl\n`,
    `FROM alpine:3.22\n# drydock stage ignore=«as-casing»\n${run}`,
    `# drydock global ignore=«as-casing»,«sudo» -- a reason\nFROM alpine:3.22\n`,
    `# check=skip=JSONArgsRecommended;error=true\nFROM alpine:3.22\n`,
    `FROM alpine:3.22\n# check=skip=JSONArgsRecommended // reason\nCMD ["a"]\n`,
    `FROM alpine:3.22\n# drydock ignore=«all»\n${run}`,
    // Two comments that ignore the same finding are both used.
    `# drydock global ignore=apk-no-cache\nFROM alpine:3.22\n# hadolint ignore=DL3019\nRUN apk add curl\n`,
  ])('%s', (text) => {
    marked('unused-ignore', text);
  });

  test.each([
    ['is off by default', `FROM alpine:3.22\n# hadolint ignore=DL3018\n${run}`, {}],
    [
      'is turned off',
      `FROM alpine:3.22\n# drydock ignore=apk-no-cache\n${run}`,
      { 'apk-no-cache': 'off' },
    ],
    [
      'shares its name with a rule that is off',
      'FROM alpine:3.22\n# hadolint ignore=DL3003\nRUN set -e; cd /a; b\n',
      {},
    ],
    ['only exists in ShellCheck', `FROM alpine:3.22\n# hadolint ignore=SC2086\n${run}`, {}],
    [
      'needs files that are not known',
      'FROM alpine:3.22\n# check=skip=CopyIgnoredFile\nCOPY a b/\n',
      {},
    ],
    [
      'is `unused-ignore`, which is turned off',
      `FROM alpine:3.22\n# drydock ignore=as-casing\n${run}`,
      { 'unused-ignore': 'off' },
    ],
    [
      'is ignored together with `unused-ignore`',
      `FROM alpine:3.22\n# drydock ignore=as-casing,unused-ignore\n${run}`,
      {},
    ],
  ] as const)('does not report a comment whose rule %s', (_, text, chosen) => {
    marked('unused-ignore', text, { rules: chosen });
  });

  test.each([
    [
      'the first of several',
      '# drydock ignore=as-casing, apk-no-cache -- x',
      '# drydock ignore=apk-no-cache -- x\n',
    ],
    [
      'the last of several',
      '# drydock ignore=apk-no-cache, as-casing -- x',
      '# drydock ignore=apk-no-cache -- x\n',
    ],
    [
      'several of several',
      '# drydock ignore=as-casing,apk-no-cache,sudo',
      '# drydock ignore=apk-no-cache\n',
    ],
    ['all of several', '  # drydock ignore=as-casing,sudo -- x', ''],
  ])('the fix removes %s', (_, comment, expected) => {
    const below = 'RUN apk add curl\nUSER 1000\n';
    expect(fixed(`FROM alpine:3.22\n${comment}\n${below}`)).toBe(
      `FROM alpine:3.22\n${expected}${below}`,
    );
  });

  test('the fix removes a comment completely when it is applied in several passes', () => {
    const text = '# drydock global ignore=as-casing,sudo,apk-no-cache\nFROM alpine:3.22\n';
    expect(fixed(text)).toBe('FROM alpine:3.22\n');
  });
});

test('`skip=all,` is a list of names, as in BuildKit', () => {
  const text = (skip: string): string => `# check=skip=${skip}\nFROM alpine:3.22\nCMD a\n`;
  expect(find('json-args', text('all'))).toHaveLength(0);
  expect(find('json-args', text('all,'))).toHaveLength(1);
});

describe('unknown-ignore', () => {
  test.each([
    `FROM alpine:3.22\n# drydock ignore=«apk-no-cahce»,apk-no-cache\n${run}`,
    `FROM alpine:3.22\n# hadolint ignore=«DL30019»\n${run}`,
    `# check=skip=«JSONArgRecommended»\nFROM alpine:3.22\n`,
    `FROM alpine:3.22\n# hadolint ignore=SC2086,DL3999,tally/max-lines,sort-packages,all\n${run}`,
  ])('%s', (text) => {
    marked('unknown-ignore', text);
  });

  test('suggests the most similar rule name', () => {
    const [one] = find('unknown-ignore', '# check=skip=JSONArgRecommended\nFROM alpine:3.22\n');
    expect(one?.message).toMatch(/did you mean `JSONArgsRecommended`\?$/);
    expect(one?.fix?.safe).toBe(false);
  });
});
