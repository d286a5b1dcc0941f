import { testRule } from '../../../../test/test-rule.ts';

testRule('pipefail', {
  valid: [
    'FROM a:1\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN b | c\n',
    'FROM a:1 AS b\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM b\nRUN c | d\n',
    'FROM a:1\nRUN set -eux -o pipefail; b | c\n',
    'FROM a:1\nRUN set -o pipefail && b | c\n',
    'FROM a:1\nRUN <<EOF\n#!/bin/bash\nset -o pipefail\nb | c\nEOF\n',
    'FROM alpine:3.22\nSHELL ["/bin/sh", "-o", "pipefail", "-c"]\nRUN b | c\n',
    'FROM a:1\nRUN echo b | tee c && yes | d\n',
    'FROM a:1\nRUN b | c || true\n',
    'FROM a:1\nRUN cat b | grep c\n',
    "FROM a:1\nRUN find . -name '*.so' | xargs strip\n",
    'FROM a:1\nRUN tr -dc a-z < /dev/urandom | head -c 32 > /secret\n',
    'FROM a:1\nRUN A=$(ls /b | head -1) && c\n',
    "FROM a:1\nRUN dpkg -l | awk '/^ii/ {print $2}' > /c\n",
    'FROM a:1\nRUN (cd b && ls) | c\n',
    'FROM a:1\nRUN google-chrome --version | sed s/b/c/\n',
    'FROM a:1\nRUN if b | c; then d; fi\n',
    'FROM a:1\nRUN if a; then b; elif c | d; then e; fi\n',
    'FROM a:1\nRUN while b | c; do d; done\n',
    'FROM a:1\nRUN ! b | c\n',
    'FROM a:1\nRUN b | grep -q c || d\n',
    'FROM a:1\nRUN b | c && d || echo e\n',
    'FROM a:1\nRUN ["b", "|", "c"]\n',
    'FROM a:1\nSHELL ["pwsh", "-c"]\nRUN b | c\n',
  ],
  invalid: [
    { bad: 'FROM debian:13\nSHELL ["/bin/sh", "-o", "pipefail", "-c"]\nRUN «b | c»\n' },
    { bad: 'FROM a:1\nRUN «b | c»; set -o pipefail\n' },
    { bad: 'FROM debian:13\nSHELL ["/bin/dash", "-o", "pipefail", "-c"]\nRUN «b | c»\n' },
    { bad: 'FROM a:1\nRUN (d; «b | c»)\n' },
    { bad: 'FROM a:1\nRUN if b; then «c | d»; fi\n' },
    { bad: 'FROM a:1\nRUN «cat b | c | d»\n' },
    {
      bad: 'FROM a:1\nRUN «b | c»\nRUN if d | grep -q e; then f; fi\n',
      good: 'FROM a:1\nRUN b | c\nRUN if d | grep -q e; then f; fi\n',
    },
    { bad: 'FROM a:1\nRUN «b | c» || exit 1\n' },
    { bad: 'FROM a:1\nRUN b || true && «c | d»\n' },
    {
      bad: '# syntax=docker/dockerfile:1\nFROM a:1\n\n# b\n\n# c\n# d\nRUN «b | c»\n',
      good: '# syntax=docker/dockerfile:1\nFROM a:1\n\n# b\n\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\n# c\n# d\nRUN b | c\n',
    },
    {
      bad: 'FROM alpine:3.22\nRUN «b | c»\nRUN «d | e»\n',
      good: 'FROM alpine:3.22\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN b | c\nRUN d | e\n',
    },
  ],
});

testRule('ineffective-command', {
  valid: [
    'FROM a:1\nRUN apt-get install -y ssh vim\n',
    'FROM a:1\nRUN --mount=type=ssh ssh -T git@example.org\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN sudo «service» b start\n' }],
});

testRule('bin-sh-replaced', {
  valid: ['FROM a:1\nRUN ln -s /bin/sh /usr/local/bin/b\n'],
  invalid: [{ bad: 'FROM a:1\nRUN rm /bin/sh && ln -s /bin/bash «/bin/sh»\n' }],
});

testRule('wget-progress', {
  valid: ['FROM a:1\nRUN wget -nv b && wget -qO- c && wget --progress=dot:giga d\n'],
  invalid: [
    { bad: 'FROM a:1\nRUN «wget» -O b c\n' },
    {
      bad: "FROM a:1 AS b\nRUN «wget» c && sh -c 'wget d'\nRUN wget e\nFROM f:1\nRUN «wget» g\n",
      good: "FROM a:1 AS b\nRUN wget -nv c && sh -c 'wget d'\nRUN wget -nv e\nFROM f:1\nRUN wget -nv g\n",
    },
  ],
});

testRule('useradd-high-uid', {
  valid: [
    'FROM a:1\nRUN useradd -u 1000 b && useradd -lu 100000 c && useradd -u $UID d\n',
    'FROM a:1\nSHELL ["powershell", "-Command"]\nRUN useradd -u 100000 b\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN useradd --uid «100000» b\n' }],
});
