import { testRule } from '../../../../test/test-rule.ts';

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
