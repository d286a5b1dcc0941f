import { testRule } from '../../../../test/test-rule.ts';

testRule('copy-from-empty-stage', {
  valid: [
    'FROM scratch AS a\nCOPY b /b\nFROM c:1\nCOPY --from=a /b /b\n',
    'FROM scratch AS a\nFROM c:1\nCOPY --from=a / /b\n',
    'FROM scratch AS a\nWORKDIR /b\nFROM c:1\nCOPY --from=a /b /b\n',
    'FROM d:1 AS a\nFROM c:1\nCOPY --from=a /b /b\n',
  ],
  invalid: [{ bad: 'FROM scratch AS a\nFROM a AS b\nFROM c:1\nCOPY --from=b «/d» /e\n' }],
});

testRule('syntax-directive', {
  valid: [
    '# syntax=docker/dockerfile:1\nFROM a:1\n',
    '# syntax=docker.io/docker/dockerfile-upstream:master\nFROM a:1\n',
    '# syntax=ghcr.io/reproducible-containers/buildkit-nix:v0.1.1\nFROM a:1\n',
    '# syntax=example/frontend\nFROM a:1\n',
  ],
  invalid: [
    {
      bad: '# syntax=«dockerfile»:1\nFROM a:1\n',
      good: '# syntax=docker/dockerfile:1\nFROM a:1\n',
    },
    {
      bad: '#syntax = docker.io/«docker/dockerfiles»\nFROM a:1\n',
      good: '#syntax = docker.io/docker/dockerfile\nFROM a:1\n',
    },
  ],
});

testRule('directive-too-late', {
  valid: [
    '# syntax=docker/dockerfile:1\n# escape=`\nFROM a:1\n',
    '# A note\nFROM a:1\n',
    '# The option syntax=short is ours\nFROM a:1\n',
    '# A note\n# escape=yes please\nFROM a:1\n',
  ],
  invalid: [
    {
      bad: '\n«# syntax=docker/dockerfile:1»\nFROM a:1\n',
      good: '# syntax=docker/dockerfile:1\n\nFROM a:1\n',
    },
    { bad: '# A note\n«# escape=`»\nFROM a:1\n', good: '# A note\n# escape=`\nFROM a:1\n' },
  ],
});

testRule('path-overwritten', {
  valid: [
    'FROM a:1\nENV PATH=/b:$PATH\n',
    'FROM a:1\nENV PATH=/b:${PATH}\n',
    'FROM a:1\nENV PATH=/usr/local/bin:/usr/bin:/bin\n',
    'FROM a:1\nENV PATH=$OTHER\n',
    'FROM scratch\nENV PATH=/b\n',
    'FROM a:1\nENV PATH="C:\\\\b;%PATH%"\n',
    'FROM a:1\nENV XPATH=/b\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nENV A=1 PATH=«"/b/bin"»\n', good: 'FROM a:1\nENV A=1 PATH="/b/bin:$PATH"\n' },
  ],
});

testRule('label-duplicate', {
  valid: [
    'FROM a:1\nLABEL b=1 c=2\n',
    'FROM a:1 AS x\nLABEL b=1\nFROM x\nLABEL b=2\n',
    'FROM a:1\nLABEL $B=1 $B=2\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nLABEL «b»=1 \\\n      c=2 \\\n      b=3\n', good: 'FROM a:1\nLABEL c=2 \\\n      b=3\n' }, // prettier-ignore
    { bad: 'FROM a:1\nLABEL c=2 «b»=1\nLABEL b=3\n', good: 'FROM a:1\nLABEL c=2\nLABEL b=3\n' },
    { bad: 'FROM a:1\nLABEL «b» 1\nRUN x\nLABEL b=2\n', good: 'FROM a:1\nRUN x\nLABEL b=2\n' },
  ],
});

testRule('python-path-version', {
  valid: [
    'FROM python:3.13 AS b\nFROM c:1\nCOPY --from=b /usr/local/lib/python3.13/site-packages /x\n',
    'FROM d:1 AS b\nFROM c:1\nCOPY --from=b /usr/local/lib/python3.13/site-packages /x\n',
    'FROM python:3 AS b\nFROM c:1\nCOPY --from=b /usr/local/lib/python3.12/site-packages /x\n',
  ],
  invalid: [
    {
      bad: 'FROM python:3.9-slim AS b\nFROM c:1\nCOPY --from=b «/usr/local/lib/python3.8/site-packages» /x\n',
      good: 'FROM python:3.9-slim AS b\nFROM c:1\nCOPY --from=b /usr/local/lib/python3.9/site-packages /x\n',
    },
    {
      bad: 'FROM d:1 AS b\nFROM python:3.14\nCOPY --from=b /usr/local/lib/python3.13/site-packages «/usr/local/lib/python3.13/site-packages»\n',
    },
  ],
});

testRule('volume-then-write', {
  valid: [
    'FROM a:1\nRUN mkdir /b\nVOLUME /b\nRUN mkdir /c\n',
    'FROM a:1\nVOLUME /b\nRUN cat /b/c\n',
    'FROM a:1\nVOLUME /b\nRUN cp /b/c /d\n',
    'FROM a:1\nVOLUME /b\nCOPY c /bc\n',
    'FROM a:1 AS x\nVOLUME /b\nFROM c:1\nRUN mkdir /b\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nVOLUME ["/c", «"/b"»]\nWORKDIR /b\nCOPY d ./\n' },
    { bad: 'FROM a:1\nVOLUME «/b/»\nRUN x && chown -R y /b\n' },
  ],
});
