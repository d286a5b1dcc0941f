import { testRule } from '../../../../test/test-rule.ts';

const node = 'FROM node:24-slim\n';

testRule('npm-cache-left', {
  valid: [
    `${node}RUN npm ci && npm cache clean --force\n`,
    `${node}RUN npm ci && rm -rf ~/.npm\n`,
    `${node}RUN --mount=type=cache,target=/root/.npm npm ci\n`,
    `${node}ENV NPM_CONFIG_CACHE=/cache\nRUN npm ci\n`,
    `${node}RUN npm run build\n`,
    'FROM node:24 AS build\nRUN npm ci\nFROM debian:trixie\nCOPY --from=build /a /a\n',
  ],
  invalid: [
    {
      bad: `${node}RUN npm ci && «npm i -g serve@14» && true\n`,
      good: `${node}RUN npm ci && npm i -g serve@14 && true && npm cache clean --force\n`,
    },
  ],
});

testRule('npm-cache-left', {
  invalid: [
    {
      bad: `${node}RUN apk add npm && «npm ci» && apk del npm\n`,
      good: `${node}RUN apk add npm && npm ci && npm cache clean --force && apk del npm\n`,
    },
    {
      bad: `${node}RUN «npm ci» && rm -rf /usr/local/lib/node_modules/npm\n`,
      good: `${node}RUN npm ci && npm cache clean --force && rm -rf /usr/local/lib/node_modules/npm\n`,
    },
    {
      bad: `${node}RUN «npm ci» && exec node build.js\n`,
      good: `${node}RUN npm ci && exec node build.js\n`,
    },
    {
      bad: `${node}RUN su node -c '«npm ci»'\n`,
      good: `${node}RUN su node -c 'npm ci'\n`,
    },
  ],
});

testRule('conda-cache-left', {
  valid: [
    'FROM a:1\nRUN conda env create -f e.yml && conda clean --all -y\n',
    'FROM a:1\nRUN conda config --add channels x\n',
    'FROM a:1\nRUN mamba install -y a && rm -rf /opt/conda/pkgs/*\n',
    'FROM a:1\nRUN --mount=type=cache,target=/opt/conda/pkgs mamba install -y a\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «micromamba install -y a»\n',
      good: 'FROM a:1\nRUN micromamba install -y a && micromamba clean --all --yes\n',
    },
    { bad: 'FROM a:1\nRUN «conda env update -f e.yml»\n' },
  ],
});

testRule('pacman-cache-left', {
  valid: [
    'FROM a:1\nRUN pacman -Sy --noconfirm git && pacman -Scc --noconfirm\n',
    'FROM a:1\nRUN pacman -Qi git\n',
    'FROM a:1\nRUN pacman -S --noconfirm git && rm -rf /var/cache/pacman/pkg/*\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN «pacman -Syu --noconfirm»\n' }],
});

testRule('composer-cache-left', {
  valid: [
    'FROM a:1\nRUN composer install --no-cache\n',
    'FROM a:1\nENV COMPOSER_CACHE_DIR=/dev/null\nRUN composer install\n',
    'FROM a:1\nRUN composer install && composer clear-cache\n',
    'FROM a:1\nRUN --mount=type=cache,target=/root/.composer/cache composer install\n',
    'FROM a:1\nRUN composer dump-autoload\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «composer require» a/b\n',
      good: 'FROM a:1\nRUN composer require --no-cache a/b\n',
    },
  ],
});

testRule('bundler-cache-left', {
  valid: [
    'FROM ruby:3.4\nRUN bundle install && bundle clean --force\n',
    'FROM ruby:3.4\nRUN bundle install && rm -rf ~/.bundle/ /usr/local/bundle/cache\n',
    'FROM ruby:3.4 AS dev\nRUN bundle install\n',
  ],
  invalid: [
    {
      bad: 'FROM ruby:3.4\nENV BUNDLE_PATH=/gems\nRUN «bundle install»\n',
      good: 'FROM ruby:3.4\nENV BUNDLE_PATH=/gems\nRUN bundle install && rm -rf "$BUNDLE_PATH"/ruby/*/cache\n',
    },
  ],
});

testRule('removed-in-later-layer', {
  valid: [
    'FROM a:1\nRUN curl -o /t.tgz https://a.org/t.tgz && rm /t.tgz\n',
    'FROM a:1\nCOPY install.sh /tmp/\nRUN /tmp/install.sh && rm /tmp/install.sh\n',
    'FROM a:1\nRUN apt-get install -y gcc && apt-get purge -y gcc\n',
    'FROM a:1 AS b\nRUN curl -o /t.tgz https://a.org/t.tgz\nFROM c:1\nRUN rm /t.tgz\n',
    'FROM a:1 AS b\nCOPY x.tgz /\nRUN rm /x.tgz\nFROM c:1\nCOPY --from=b /y /y\n',
    'FROM a:1\nADD x.tgz /opt/\nRUN rm /opt/x.tgz\n',
    'FROM a:1\nRUN wget -O- https://a.org/t.tgz | tar xz\nRUN rm -rf /var/lib/apt/lists/*\n',
    'FROM a:1\nRUN wget https://a.org/t.tgz\nRUN cd /b && rm t.tgz\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCOPY a.deb /tmp/\nRUN dpkg -i /tmp/a.deb && rm «/tmp/a.deb»\n' },
    { bad: 'FROM a:1\nCOPY dist/a.whl b.txt /tmp/\nRUN rm -rf «/tmp/*»\n' },
    { bad: 'FROM a:1\nWORKDIR /w\nRUN wget https://a.org/t.zip\nRUN rm -f «t.zip»\n' },
    { bad: 'FROM a:1\nRUN git clone https://a.org/x.git /src\nRUN rm -rf «/src»\n' },
    { bad: 'FROM a:1\nRUN apk add --virtual .b gcc\nRUN apk del «.b»\n' },
    { bad: 'FROM a:1\nRUN apt-get install -y git gcc\nRUN apt-get purge -y --auto-remove «gcc»\n' },
    { bad: 'FROM a:1\nADD https://a.org/x.tgz /x.tgz\nRUN tar xf /x.tgz && rm «/x.tgz»\n' },
  ],
});

testRule('single-stage-build', {
  valid: [
    'FROM golang:1.26 AS dev\nRUN go build -o /a\nCMD ["/a"]\n',
    'FROM golang:1.26\nRUN go build -o /a\nCMD ["bash"]\n',
    'FROM golang:1.26\nRUN go install example.org/tool@v1\n',
    'FROM golang:1.26\nCMD ["/a"]\n',
    'FROM golang:1.26 AS b\nRUN go build -o /a\nFROM debian:trixie\nCOPY --from=b /a /a\nCMD ["/a"]\n',
    'FROM golang:1.26\nRUN go build ./...\nCMD ["go", "test", "./..."]\n',
  ],
  invalid: [
    { bad: 'FROM «rust:1.90»\nRUN cargo build --release\nCMD ["./target/release/a"]\n' },
    {
      bad: 'FROM «mcr.microsoft.com/dotnet/sdk:9.0»\nRUN dotnet publish -o /a\nENTRYPOINT ["dotnet", "/a/a.dll"]\n',
    },
    {
      bad: 'FROM «maven:3.9» AS base\nFROM base\nRUN mvn -q package\nCMD ["java", "-jar", "a.jar"]\n',
    },
  ],
});

testRule('build-tools-left', {
  valid: [
    'FROM a:1\nRUN apk add gcc && make && apk del gcc\nCMD ["a"]\n',
    'FROM a:1\nRUN apt-get install -y gcc\nCMD ["bash"]\n',
    'FROM a:1 AS b\nRUN apt-get install -y gcc\nFROM c:1\nCMD ["a"]\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN apt-get install -y git «build-essential»\nCMD ["a"]\n' }],
});

testRule('cache-mount', {
  valid: [
    'FROM a:1\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get install -y a\n',
    'FROM a:1\nRUN ["npm", "install"]\n',
    'FROM a:1\nSHELL ["powershell", "-Command"]\nRUN npm install\n',
    'FROM a:1\nUSER node\nRUN --mount=type=cache,target=/home/node/.npm npm ci\n',
    'FROM a:1\nRUN npm run build\n',
    'FROM a:1\nRUN --mount=type=cache,target=/root/.cargo/registry cargo build\n',
    'FROM a:1\nRUN --mount=type=cache,target=/pnpm/store pnpm i\n',
    'FROM a:1\nRUN --mount=type=tmpfs,target=/usr/local/bundle gem install -N a:1\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «npm ci» && npm run build\n',
      good: 'FROM a:1\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci && npm run build\n',
    },
    {
      bad: 'FROM a:1\nRUN --network=default «apk add» --no-cache git\n',
      good: 'FROM a:1\nRUN --network=default --mount=type=cache,target=/var/cache/apk,sharing=locked \\\n    apk add git\n',
    },
    { bad: 'FROM a:1\nUSER app\nRUN «npm ci»\n', good: 'FROM a:1\nUSER app\nRUN npm ci\n' },
    { bad: 'FROM a:1\nRUN <<EOF\n«pip install» -r r.txt\nEOF\n' },
  ],
});

const centos = 'FROM almalinux:10\n';

testRule('dnf-cache-left', {
  invalid: [
    {
      bad: `${centos}RUN «yum install -y gcc» && make && rpm -e --nodeps python python-libs\n`,
      good: `${centos}RUN yum install -y gcc && yum clean all && make && rpm -e --nodeps python python-libs\n`,
    },
    {
      bad: `${centos}RUN «dnf install -y gcc» && \\\n    make && \\\n    dnf remove -y dnf\n`,
      good: `${centos}RUN dnf install -y gcc && \\\n    dnf clean all && \\\n    make && \\\n    dnf remove -y dnf\n`,
    },
    // It is not known where in a condition the cache could be removed.
    {
      bad: `${centos}RUN if a; then «dnf install -y gcc»; rpm -e python; fi\n`,
      good: `${centos}RUN if a; then dnf install -y gcc; rpm -e python; fi\n`,
    },
    {
      bad: `${centos}RUN sudo «dnf install -y gcc»\n`,
      good: `${centos}RUN sudo dnf install -y gcc && sudo dnf clean all\n`,
    },
    {
      bad: `${centos}RUN chroot /mnt «dnf install -y gcc»\n`,
      good: `${centos}RUN chroot /mnt dnf install -y gcc\n`,
    },
    {
      bad: `${centos}RUN a && «dnf install -y gcc» &\n`,
      good: `${centos}RUN a && dnf install -y gcc &\n`,
    },
    // The lines of a nested script have their own indentation.
    {
      bad: `${centos}RUN «dnf install -y gcc» \\\n  && bash -c 'a && \\\n      b'\n`,
      good: `${centos}RUN dnf install -y gcc \\\n  && bash -c 'a && \\\n      b' \\\n  && dnf clean all\n`,
    },
    {
      bad: `${centos}RUN «dnf install -y gcc» && bash -c 'a && \\\n        b'\n`,
      good: `${centos}RUN dnf install -y gcc && bash -c 'a && \\\n        b' && dnf clean all\n`,
    },
    {
      bad: `${centos}RUN «dnf install -y \\\n      gcc \\\n      make»\n`,
      good: `${centos}RUN dnf install -y \\\n      gcc \\\n      make \\\n      && dnf clean all\n`,
    },
  ],
});

const install = 'apt-get install -y --no-install-recommends git';
const withoutFix = (rest: string): { bad: string; good: string } => ({
  bad: `FROM debian:trixie\nRUN «apt-get update» && ${install}\n${rest}`,
  good: `FROM debian:trixie\nRUN apt-get update && ${install}\n${rest}`,
});
const clean = 'rm -rf /var/lib/apt/lists/*';

testRule('apt-lists-left', {
  invalid: [
    withoutFix('COPY install-deps.sh .\nRUN ./install-deps.sh\n'),
    withoutFix('RUN bash /tmp/setup.sh\n'),
    withoutFix('RUN npx playwright install-deps\n'),
    withoutFix('RUN make install-deps\n'),
    withoutFix('RUN $SETUP\n'),
    // The later removal is not alone, so it stays, and a second one would be in the way.
    withoutFix('RUN if a; then rm -rf /var/lib/apt/lists/*; fi\n'),
    {
      bad: `FROM debian:trixie\nRUN «apt-get update» && ${install}\nRUN ./configure && make && make install\n`,
      good: `FROM debian:trixie\nRUN apt-get update && ${install} && ${clean}\nRUN ./configure && make && make install\n`,
    },
    {
      bad: `FROM debian:trixie\nRUN «apt-get update» && ${install}\nRUN a\nRUN ${clean}\nRUN b\n`,
      good: `FROM debian:trixie\nRUN apt-get update && ${install} && ${clean}\nRUN a\nRUN b\n`,
    },
  ],
});

const python = 'FROM python:3.13-slim\n';
const pipMount = '--mount=type=cache,target=/root/.cache/pip \\\n    ';

// The mount would stay empty.
testRule('cache-mount', {
  invalid: [
    {
      bad: `${python}RUN «PIP_NO_CACHE_DIR=1 pip install» x\n`,
      good: `${python}RUN PIP_NO_CACHE_DIR=1 pip install x\n`,
    },
    {
      bad: `${python}RUN export PIP_NO_CACHE_DIR=1 && «pip install» x\n`,
      good: `${python}RUN export PIP_NO_CACHE_DIR=1 && pip install x\n`,
    },
    {
      bad: `${python}ENV PIP_CACHE_DIR=/cache\nRUN «pip install» x\n`,
      good: `${python}ENV PIP_CACHE_DIR=/cache\nRUN pip install x\n`,
    },
    {
      bad: `${python}ENV HOME=/home/app\nRUN «pip install» x\n`,
      good: `${python}ENV HOME=/home/app\nRUN pip install x\n`,
    },
    {
      bad: 'FROM golang:1.26\nENV GOPATH=/g\nRUN «go build»\n',
      good: 'FROM golang:1.26\nENV GOPATH=/g\nRUN go build\n',
    },
    {
      bad: `${python}ENV PIP_NO_CACHE_DIR=0\nRUN «pip install» x\n`,
      good: `${python}ENV PIP_NO_CACHE_DIR=0\nRUN pip install x\n`,
    },
    {
      bad: `${python}ENV PIP_NO_CACHE_DIR= HOME=/root\nRUN «pip install» x\n`,
      good: `${python}ENV PIP_NO_CACHE_DIR= HOME=/root\nRUN ${pipMount}pip install x\n`,
    },
  ],
});
