import { expect, test } from 'vitest';
import { testRule } from '../../../../test/test-rule.ts';
import { lint } from '../../lint/lint.ts';
import { createModel } from '../../model/lazy-model.ts';
import { parse } from '../../syntax/parse.ts';
import { rules } from '../index.ts';

testRule('full-width-punctuation', {
  valid: [
    '# 注释：这里是说明\nFROM alpine:3.22\n',
    'FROM alpine:3.22\nLABEL description="工具：小而快"\n',
    'FROM alpine:3.22\nRUN echo “hello”\n',
    'FROM alpine:3.22\nRUN git commit -m "fix – done"\n',
    'FROM alpine:3.22\nENV GREETING="你好，世界"\n',
    'FROM alpine:3.22\nRUN <<EOF\necho “hello”\nEOF\n',
  ],
  invalid: [
    { bad: 'FROM alpine«：»3.22\n', good: 'FROM alpine:3.22\n' },
    {
      bad: 'FROM alpine:3.22 AS build\nCOPY «—»chown=app a b\n',
      good: 'FROM alpine:3.22 AS build\nCOPY --chown=app a b\n',
    },
    { bad: 'FROM«\u00a0»alpine:3.22\n', good: 'FROM alpine:3.22\n' },
    {
      bad: 'FROM a:1\nRUN apt-get install «–»y git\n',
      good: 'FROM a:1\nRUN apt-get install -y git\n',
    },
    {
      bad: 'FROM a:1\nRUN x && useradd «—»user b\n',
      good: 'FROM a:1\nRUN x && useradd --user b\n',
    },
    { bad: 'FROM a:1\nCMD [«“python”», «“a.py”»]\n', good: 'FROM a:1\nCMD ["python", "a.py"]\n' },
    { bad: 'FROM a:1\nENV A=b C«＝»d\n', good: 'FROM a:1\nENV A=b C=d\n' },
    { bad: 'FROM a:1\nEXPOSE 80«／»tcp\n', good: 'FROM a:1\nEXPOSE 80/tcp\n' },
  ],
});

test.each([
  ['CMD [“python”, “a.py”]', false],
  ['ENTRYPOINT ［"python"，"a.py"］', false],
  ['HEALTHCHECK CMD [“true”]', false],
  ['CMD python “a.py”', undefined],
  ['CMD ["python", "-c", "“"]', undefined],
  ['RUN [“python”, “a.py”]', undefined],
  ['SHELL [“/bin/bash”, “-c”]', undefined],
])('fixes that change the form of a command are unsafe: %s', (line, safe) => {
  const found = lint(createModel(parse(`FROM a:1\n${line}\n`)), rules, { rules: {} });
  const fixes = found.filter(({ rule }) => rule === 'full-width-punctuation').map(({ fix }) => fix);
  expect(fixes.map((fix) => fix?.safe)).toEqual(fixes.map(() => safe));
  if (safe === false)
    expect(fixes.map((fix) => fix?.title)).toContain('Replace and use the exec form');
});
