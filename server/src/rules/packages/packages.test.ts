import { testRule } from '../../../../test/test-rule.ts';

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
    'FROM a:1\nRUN apk add b && c && rm -rf /var/cache/apk/*\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apk add» b && «apk add» -t c d\n',
      good: 'FROM a:1\nRUN apk add --no-cache b && apk add --no-cache -t c d\n',
    },
    { bad: 'FROM a:1\nRUN sudo «apk add» b\n', good: 'FROM a:1\nRUN sudo apk add --no-cache b\n' },
    {
      bad: 'FROM a:1\nRUN «apk -U add» b && «apk add» --update c\n',
      good: 'FROM a:1\nRUN apk --no-cache add b && apk add --no-cache c\n',
    },
    {
      bad: 'FROM a:1\nRUN <<EOF\napk update\n«apk add» b\nEOF\n',
      good: 'FROM a:1\nRUN <<EOF\napk add --no-cache b\nEOF\n',
    },
    {
      bad: 'FROM a:1\nRUN apk update \\\n  && «apk add» b \\\n  && «apk add» c\n',
      good: 'FROM a:1\nRUN apk add --no-cache b \\\n  && apk add --no-cache c\n',
    },
    {
      bad: 'FROM a:1\nRUN apk update && apk upgrade && «apk add» b\n',
      good: 'FROM a:1\nRUN apk update && apk upgrade && apk add --no-cache b\n',
    },
    {
      bad: 'FROM a:1\nRUN apk update && «apk add» b && apk search c\n',
      good: 'FROM a:1\nRUN apk update && apk add --no-cache b && apk search c\n',
    },
    {
      bad: 'FROM a:1\nRUN apk update || «apk add» b\n',
      good: 'FROM a:1\nRUN apk update || apk add --no-cache b\n',
    },
  ],
});

testRule('apt-assume-yes', {
  valid: [
    'FROM a:1\nRUN apt-get install -q=2 b\n',

    'FROM a:1\nRUN apt-get -y install b\n',
    'FROM a:1\nRUN apt-get install -qq b\n',
    'FROM a:1\nRUN apt-get install b -y\n',
    'FROM a:1\nRUN apt-get -yq --no-install-recommends install b\n',
    'FROM a:1\nRUN yes | apt-get install b\n',
    'FROM a:1\nRUN apt-get update\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «apt-get install» -q=1 b\n' },

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
      bad: 'FROM a:1\nRUN «apt-get update» && apt-get install -y \\\n      b \\\n    # d\n    c\n',
      good: 'FROM a:1\nRUN apt-get update && apt-get install -y \\\n      b \\\n    # d\n    c \\\n    && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      bad: 'FROM a:1\r\nRUN «apt-get update» \\\r\n  && apt-get install -y b\r\n',
      good: 'FROM a:1\r\nRUN apt-get update \\\r\n  && apt-get install -y b \\\r\n  && rm -rf /var/lib/apt/lists/*\r\n',
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

testRule('pin-apt-versions', {
  valid: [
    'FROM a:1\nRUN apt-get install -y b=1.2 c/stable ./d.deb\n',
    'FROM a:1\nRUN apt-get install -y $PACKAGES "b=${V}"\n',
    'FROM a:1\nRUN apt-get install -y -t trixie-backports b=1\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN apt-get install -y b=1 «c» d\n' }],
});

testRule('pin-pip-versions', {
  valid: [
    'FROM a:1\nRUN pip install -r requirements.txt b\n',
    'FROM a:1\nRUN pip install --upgrade pip setuptools wheel\n',
    'FROM a:1\nRUN pip install "b[c]>=1" ./d e.whl .[dev]\n',
    'FROM a:1\nRUN pip install git+https://example.org/b.git@v1\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN python3 -m pip install «b»\n' },
    { bad: 'FROM a:1\nRUN pip3.12 install «git+ssh://git@example.org/b.git»\n' },
    { bad: 'FROM a:1\nRUN uv pip install «b»\n' },
  ],
});

testRule('pin-npm-versions', {
  valid: ['FROM a:1\nRUN npm ci && npm install && npm i -g @b/c@1 ./d e.tgz\n'],
  invalid: [{ bad: 'FROM a:1\nRUN npm i -g «@b/c»\n' }, { bad: 'FROM a:1\nRUN yarn add «b»\n' }],
});

testRule('pin-dnf-versions', {
  valid: [
    'FROM a:1\nENV V=1\nRUN dnf install -y b-$V @group c-1.2\n',
    'FROM a:1\nRUN dnf group install -y "Development Tools" && dnf module install -y b:9\n',
  ],
  invalid: [
    { bad: 'FROM a:1 AS x\nENV V=1\nFROM b:1\nRUN yum install -y «c-${V}»\n' },
    { bad: 'FROM a:1\nRUN dnf module install -y «b»\n' },
    { bad: 'FROM a:1\nRUN dnf install -y «b»\nRUN yum install -y «c»\nRUN dnf install -y d\n' },
    { bad: 'FROM a:1 AS b\nRUN dnf install -y «c»\nFROM d:1\nRUN dnf install -y «e»\n' },
  ],
});

testRule('pin-go-versions', {
  valid: [
    'FROM a:1\nRUN go install tool && go install tool b.c/d@v1\n',
    'FROM a:1\nRUN go run main.go && go install ./cmd/b && go run c.d/e@v1 --f\n',
    'FROM a:1\nCOPY go.mod go.sum ./\nRUN go install b.c/d && go run e.f/g\n',
    'FROM a:1\nCOPY . .\nRUN go install b.c/d/cmd/e\n',
    'FROM a:1\nCOPY ./ /go/src/b\nRUN go install b/cmd/c\n',
    'FROM a:1\nRUN --mount=type=bind,source=go.mod,target=go.mod go install b.c/d\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN go run «b.c/d» e\n' },
    { bad: 'FROM a:1\nCOPY go.mod .\nRUN go install «b.c/d@latest»\nRUN go get «b.c/d»\n' },
    { bad: 'FROM a:1\nRUN go install «b.c/d»\nCOPY go.mod .\n' },
  ],
});

testRule('dnf-assume-yes', {
  valid: [
    'FROM a:1\nRUN dnf -qy install b && yum --assumeyes update\n',
    'FROM a:1\nRUN dnf install --setopt=assumeyes=1 b\n',
    'FROM a:1\nRUN dnf clean all && dnf list\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN «yum update»\n', good: 'FROM a:1\nRUN yum update -y\n' }],
});

testRule('apt-get-in-scripts', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apt» update && apt upgrade -y && apt full-upgrade -y\n',
      good: 'FROM a:1\nRUN apt-get update && apt-get upgrade --with-new-pkgs -y && apt-get dist-upgrade -y\n',
    },
    {
      bad: 'FROM a:1\nRUN «apt» list && apt clean\nRUN «apt» show b\n',
      good: 'FROM a:1\nRUN apt list && apt-get clean\nRUN apt show b\n',
    },
  ],
});

testRule('dnf-cache-left', {
  valid: [
    'FROM a:1\nRUN dnf install -y b && yum clean all\n',

    'FROM a:1\nRUN dnf install -y b && dnf clean all\n',
    'FROM a:1\nRUN yum install -y b && rm -rf /var/cache/yum/*\n',
    'FROM a:1\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y b\n',
    'FROM a:1 AS b\nRUN dnf install -y c\nFROM d:1\nCOPY --from=b /e /e\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «dnf install -y b» && microdnf clean all\n' },

    { bad: 'FROM a:1\nRUN dnf clean all && «dnf install -y b»\n' },
    { bad: 'FROM a:1\nRUN «dnf install -y b» && rm -rf /tmp/c\n' },
    {
      bad: 'FROM a:1\nRUN dnf install -y b \\\n && «dnf install -y c»\n',
      good: 'FROM a:1\nRUN dnf install -y b \\\n && dnf install -y c \\\n && dnf clean all\n',
    },
  ],
});
