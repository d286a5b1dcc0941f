import { testRule } from '../test-rule.ts';

testRule('pip-no-cache-dir', {
  valid: [
    'FROM a:1\nENV PIP_NO_CACHE_DIR=1\nRUN pip install b\n',
    'FROM a:1\nARG PIP_NO_CACHE_DIR=on\nRUN pip install b\n',
    'FROM a:1\nRUN PIP_NO_CACHE_DIR=1 pip install b\n',
    'FROM a:1\nRUN --mount=type=cache,target=/root/.cache/pip pip install b\n',
    'FROM a:1\nRUN --mount=type=cache,target=/root/.cache pip install b\n',
    'FROM a:1\nRUN --mount=type=cache,target=/home/u/.cache/pip pip install b\n',
    'FROM a:1\nRUN pip install b && rm -rf /root/.cache\n',
    'FROM a:1\nRUN pip download b && pipx install c && pip --version\n',
    'FROM a:1\nRUN uv pip install b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «pip3 install» b\n',
      good: 'FROM a:1\nRUN pip3 install --no-cache-dir b\n',
    },
    {
      bad: 'FROM a:1\nRUN python3 -m «pip install» b\n',
      good: 'FROM a:1\nRUN python3 -m pip install --no-cache-dir b\n',
    },
    { bad: 'FROM a:1\nRUN --mount=type=cache,target=/x «pip install» b\n' },
    { bad: 'FROM a:1\nONBUILD RUN «pip install» b\n' },
  ],
});

testRule('apk-no-cache', {
  valid: [
    'FROM a:1\nRUN apk --no-cache add b\n',
    'FROM a:1\nRUN apk del b && apk update\n',
    'FROM a:1\nRUN --mount=type=cache,target=/var/cache/apk apk add b\n',
    'FROM a:1\nRUN echo apk add b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apk add» b && «apk add» -t c d\n',
      good: 'FROM a:1\nRUN apk add --no-cache b && apk add --no-cache -t c d\n',
    },
    { bad: 'FROM a:1\nRUN sudo «apk add» b\n', good: 'FROM a:1\nRUN sudo apk add --no-cache b\n' },
  ],
});

testRule('apt-assume-yes', {
  valid: [
    'FROM a:1\nRUN apt-get -y install b\n',
    'FROM a:1\nRUN apt-get install -qq b\n',
    'FROM a:1\nRUN apt-get install b -y\n',
    'FROM a:1\nRUN apt-get -yq --no-install-recommends install b\n',
    'FROM a:1\nRUN yes | apt-get install b\n',
    'FROM a:1\nRUN apt-get update\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apt-get -q install» b\n',
      good: 'FROM a:1\nRUN apt-get -q install -y b\n',
    },
  ],
});

testRule('apt-no-install-recommends', {
  valid: [
    'FROM a:1\nRUN apt-get install -y --no-install-recommends b\n',
    'FROM a:1\nRUN apt-get -o APT::Install-Recommends=false install b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apt install» b\n',
      good: 'FROM a:1\nRUN apt install --no-install-recommends b\n',
    },
  ],
});

testRule('apt-lists-left', {
  valid: [
    'FROM a:1\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\n',
    'FROM a:1\nRUN apt-get update && apt-get dist-clean\n',
    'FROM a:1\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n',
    'FROM a:1\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update\n',
    'FROM a:1 AS b\nRUN apt-get update\nFROM c:1\nCOPY --from=b x y\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apt-get update» && apt-get install -y b\n',
      good: 'FROM a:1\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      bad: 'FROM a:1\nRUN «apt-get update» \\\n  && apt-get install -y \\\n    b \\\n    c\n',
      good: 'FROM a:1\nRUN apt-get update \\\n  && apt-get install -y \\\n    b \\\n    c \\\n  && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      bad: 'FROM a:1\nRUN «apt-get update»\nRUN apt-get install -y b\n',
      good: 'FROM a:1\nRUN apt-get update\nRUN apt-get install -y b\n',
    },
    { bad: 'FROM a:1 AS b\nRUN «apt-get update»\nFROM b\n' },
    { bad: 'FROM a:1\nRUN «apt-get update»; b; rm -rf /tmp/x\n' },
  ],
});
