/** More forms of mistakes and of right text in real files, by rule; one finding for each cause. */
import { expect, test } from 'vitest';
import { testRule } from '../../../test/test-rule.ts';
import { fixAll } from '../lint/fix.ts';
import { lint } from '../lint/lint.ts';
import type { Finding } from '../lint/rule.ts';
import { createModel } from '../model/lazy-model.ts';
import { parse } from '../syntax/parse.ts';
import { rules } from './index.ts';

function find(text: string): readonly Finding[] {
  return lint(createModel(parse(text)), rules, { rules: {} });
}

function severities(id: string, text: string): readonly string[] {
  return find(text)
    .filter(({ rule }) => rule === id)
    .map(({ severity }) => severity);
}

test.each([
  [
    'apt-get update && apt-get install -y --no-install-recommends gcc && make && apt-get purge -y gcc',
    '$& && rm -rf /var/lib/apt/lists/*',
  ],
  [
    'apt-get update && apt-get install -y --no-install-recommends gcc && dpkg --purge --force-all apt',
    '$& && rm -rf /var/lib/apt/lists/*',
  ],
  ['apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /usr/bin', '$&'],
  [
    'npm install -g b@1 && npm uninstall -g npm',
    'npm install -g b@1 && npm cache clean --force && npm uninstall -g npm',
  ],
  ['npm ci && rm -rf $(which npm)', 'npm ci && npm cache clean --force && rm -rf $(which npm)'],
  [
    '. ~/.nvm/nvm.sh && npm ci && rm -rf ~/.nvm',
    '. ~/.nvm/nvm.sh && npm ci && npm cache clean --force && rm -rf ~/.nvm',
  ],
  ['npm ci && npm run build', '$& && npm cache clean --force'],
])('a cleanup runs after the installation and while its program exists: %s', (script, fixed) => {
  const text = `FROM a:1\nRUN ${script}\n`;
  expect(fixAll(text, find, 'safe').text).toBe(
    `FROM a:1\nRUN ${fixed.replace('$&', () => script)}\n`,
  );
});

test('the first heredoc without `set -e` is a warning, and the others are infos', () => {
  const text = 'FROM a:1\nRUN <<EOF\nb\nc\nEOF\nRUN <<EOF\nd\ne\nEOF\nRUN <<EOF\nf\ng\nEOF\n';
  expect(severities('lost-failure', text)).toEqual(['warning', 'info', 'info']);
});

test('the first use of an undeclared variable in a stage is a warning, and the others are infos', () => {
  const text = 'ARG A\nFROM b:1\nRUN echo $A\nCOPY $A /c\nFROM d:1\nCOPY $A /c\n';
  expect(severities('undefined-variable', text)).toEqual(['warning', 'info', 'warning']);
});

testRule('lost-failure', {
  valid: [
    'FROM a:1\nRUN bash -e <<EOF\nb\nc\nEOF\n',
    'FROM a:1\nRUN bash <<EOF\nset -e\nb\nc\nEOF\n',
    'FROM a:1\nRUN python3 <<EOF\nb()\nc()\nEOF\n',
    'FROM a:1\nRUN cat <<EOF > /b\nc\nd\nEOF\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN bash «<<EOF»\nb\nc\nEOF\n',
      good: 'FROM a:1\nRUN bash <<EOF\nset -e\nb\nc\nEOF\n',
    },
    {
      bad: 'FROM a:1\nRUN «<<EOF» bash\nb\nc\nEOF\n',
      good: 'FROM a:1\nRUN <<EOF bash\nset -e\nb\nc\nEOF\n',
    },
  ],
});

testRule('install-failure-ignored', {
  valid: ['FROM a:1\nRUN npm ci || npm install\n', 'FROM a:1\nRUN npm audit fix || true\n'],
  invalid: [
    'pip install b',
    'npm ci',
    'yarn install',
    'poetry install',
    'uv sync',
    'bundle install',
    'composer install',
  ].map((install) => ({ bad: `FROM a:1\nRUN ${install} «|| exit 0»\n` })),
});

testRule('apt-update-separate', {
  valid: [
    'FROM a:1\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y c\n',
    'FROM a:1\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN ./setup.sh\nRUN apt-get install -y c\n',
    'FROM a:1\nRUN apt-get update && apt-get install -y b\nCOPY c.deb /\nRUN rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y /c.deb\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN «apt-get install» -y c\n',
    },
    {
      bad: 'FROM a:1 AS b\nRUN apt-get update && apt-get install -y c && rm -rf /var/lib/apt/lists\nFROM b\nRUN «apt-get install» -y d\n',
    },
  ],
});

testRule('git-clone-unpinned', {
  valid: [
    'FROM a:1\nRUN git clone https://b.org/c.git && git -C c checkout 0123abc\n',
    'FROM a:1\nWORKDIR /c\nRUN git clone https://b.org/d.git .\nRUN git checkout v1\n',
    'FROM a:1\nRUN git clone https://b.org/c.git && git clone https://b.org/d.git && cd "$X" && git checkout v1\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «git clone» https://b.org/c.git\nRUN git clone https://b.org/d.git && cd d && git checkout v1\n',
    },
    {
      bad: 'FROM a:1\nRUN «git clone» https://b.org/c.git && cd c && git submodule update --init\n',
    },
    { bad: 'FROM a:1\nRUN «git clone» https://b.org/c.git && cd c && git checkout main\n' },
  ],
});

testRule('unquoted-version', {
  valid: ['FROM a:1\nRUN python -m pip install b==1 > /log\n'],
  invalid: [
    {
      bad: 'FROM a:1\nRUN python -m pip install «b>=1.2»\n',
      good: "FROM a:1\nRUN python -m pip install 'b>=1.2'\n",
    },
    {
      bad: 'FROM a:1\nRUN pip install «b>=2.0,<3.0» c\n',
      good: "FROM a:1\nRUN pip install 'b>=2.0,<3.0' c\n",
    },
    { bad: 'FROM a:1\nRUN npm install «b@>1.2»\n' },
    { bad: 'FROM a:1\nRUN poetry add «b>=1»\n' },
  ],
});

testRule('copy-parent-directory', {
  valid: ['FROM a:1\nCOPY a/../b/../c /d\n', 'FROM a:1\nADD https://b.org/../c /d\n'],
  invalid: [{ bad: 'FROM a:1\nCOPY «a/../../b» /b\n' }],
});

testRule('tilde-not-expanded', {
  valid: ['FROM a:1\nENV B="~5" PATH="~/c:$PATH"\n'],
  invalid: [{ bad: 'FROM a:1\nENV B=«~/c»\n' }],
});

testRule('undefined-variable', {
  valid: [
    'ARG PYTHON_VERSION\nFROM python:${PYTHON_VERSION}\nRUN echo $PYTHON_VERSION\nENV A=$PYTHON_VERSION\n',
    'ARG CUDA_VERSION\nFROM nvidia/cuda:${CUDA_VERSION}-base\nRUN echo $CUDA_VERSION\n',
    'FROM b:1 AS c\nARG A\nFROM d:1\nRUN echo $A\n',
    'FROM alpine:3.22 AS c\nARG A\nFROM c\nRUN echo $A\n',
    'FROM alpine:3.22\nRUN echo $HTTP_PROXY\n',
  ],
  invalid: [
    {
      bad: 'FROM b:1 AS c\nARG A\nFROM alpine:3.22\nRUN echo $«A»\n',
      good: 'FROM b:1 AS c\nARG A\nFROM alpine:3.22\nARG A\nRUN echo $A\n',
    },
    { bad: 'FROM b:1\nENV A=$«https_proxy»\n' },
  ],
});

testRule('export-lost-after-run', {
  valid: [
    'FROM a:1\nRUN nvm install 22\n',
    'FROM a:1\nRUN cd /b && make\n',
    'FROM a:1\nRUN b && set +x\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «cd /b»\n' },
    { bad: 'FROM a:1\nRUN mkdir /b && «cd /b»\n' },
    { bad: 'FROM a:1\nRUN «nvm use 22»\n' },
    { bad: 'FROM a:1\nRUN «set -e»\n' },
  ],
});

testRule('plain-http', {
  valid: ['FROM a:1\nENV PIP_INDEX_URL=http://mirror.internal/simple B=http://c.org/d\n'],
  invalid: [
    {
      bad: 'FROM a:1\nENV PIP_INDEX_URL=«http://b.org/simple»\n',
      good: 'FROM a:1\nENV PIP_INDEX_URL=https://b.org/simple\n',
    },
    { bad: 'FROM a:1\nRUN curl -o b «http://c.org/b» && curl -o d http://c.org/d\n' },
  ],
});

testRule('exec-not-expanded', {
  invalid: [{ bad: 'FROM a:1\nCMD ["b", «"$(hostname)"»]\n' }],
});

testRule('image-latest', {
  valid: [
    'ARG A=a\nARG B=latest\nFROM ${A}/c:${B}\n',
    'FROM debian:bookworm\n',
    'FROM rust:1-bookworm\n',
  ],
  invalid: ['rust:bookworm', 'maven:eclipse-temurin', 'wordpress:fpm-alpine'].map((image) => ({
    bad: `FROM «${image}»\n`,
  })),
});

testRule('mount-target', {
  valid: [
    'FROM a:1\nWORKDIR /b\nRUN --mount=type=bind c\n',
    'FROM a:1\nWORKDIR /b\nCOPY d /e\nRUN --mount=type=bind c\n',
  ],
  invalid: [{ bad: 'FROM a:1\nWORKDIR /b\nCOPY . .\nRUN --mount=«type=bind» c\n' }],
});

testRule('base-end-of-life', {
  valid: ['FROM gcr.io/distroless/base-debian13\n', 'FROM a/debian:1\n'],
  invalid: [
    'gcr.io/distroless/python3-debian10',
    'rocm/dev-ubuntu-20.04:5.7',
    'arm32v7/debian:stretch',
    'registry.example.org/proxy/library/node:10',
    'mcr.microsoft.com/playwright:v1.30.0-focal',
  ].map((image) => ({ bad: `FROM «${image}»\n` })),
});

testRule('template-file', {
  valid: [
    'FROM a:1\nRUN echo "#{b}" %%c && printf %%d\n',
    'FROM a:1\nRUN <<EOF\ndefine(b)\n%{ if c }\nEOF\n',
  ],
  invalid: [
    { bad: 'FROM a:«%%VERSION%%»\n' },
    { bad: 'FROM a:«#{version}»\n' },
    { bad: "«m4_include(`b.m4')»\nFROM a:1\n" },
    { bad: 'FROM a:1\n«%{ if b }»\nRUN c\n%{ endif }\n' },
    { bad: 'FROM a:1\n«<#if b>»\nRUN c\n</#if>\n' },
    { bad: "«<?php include 'b.php'; ?>»\nFROM a:1\n" },
  ],
});

testRule('secret-in-env', {
  valid: [
    'FROM a:1\nENV API_KEY= B=c\n',
    'FROM a:1\nENV JWT_KEY_PATH=keys/jwt CSRF_TOKEN_COOKIE=csrftoken\n',
  ],
  invalid: [{ bad: 'FROM a:1\nENV «SECRET_DIR_KEY»=abc\n' }],
});

testRule('secret-file-copied', {
  valid: ['FROM a:1\nCOPY .env.example* ./\n'],
  invalid: [{ bad: 'FROM a:1\nCOPY «.env*» ./\n' }, { bad: 'FROM a:1\nCOPY «.env.*» ./\n' }],
});

testRule('apk-no-cache', {
  valid: ['FROM alpine:3.22 AS a\nRUN apk add b\nFROM scratch\nCOPY --from=a /c /c\n'],
});

testRule('pin-pip-versions', {
  valid: ['FROM a:1\nRUN pip install --no-index --find-links=/b c\n'],
  invalid: [{ bad: 'FROM a:1\nRUN pip install «b» && pip install c\n' }],
});

testRule('pipefail', {
  valid: [
    'FROM debian:13\nRUN a | sort -u | xargs -rt dpkg-query --search | cut -d: -f1\n'.replace(
      'a |',
      'ls |',
    ),
    'FROM debian:13\nRUN diff /a /b | grep c\n',
    'FROM debian:13\nRUN ls | xargs -r apk info --installed | sort\n',
  ],
  invalid: [
    {
      bad: 'FROM debian:13\nRUN ls | «xargs make | tee b»\n'.replace('«', '').replace('ls', '«ls'),
    },
  ],
});

testRule('user-missing', {
  valid: [
    'FROM alpine:3.22 AS a\nRUN b\nFROM a AS validate\nRUN c\n',
    'FROM debian:13\nRUN a\n',
    'FROM debian:13\nRUN a\nCMD []\n',
    'FROM node:24\nCMD ["bash"]\n',
    'FROM node:24\nCMD /bin/bash -l\n',
    'FROM debian:13\nENTRYPOINT ["tini", "--"]\nCMD ["/bin/sh"]\n',
    'FROM debian:13\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["python3"]\n',
    'FROM debian:13\nENTRYPOINT ["tini", "--", "jshell"]\n',
    'FROM debian:13\nCMD ["php", "-a"]\n',
    'FROM debian:13\nCMD ["sleep", "infinity"]\n',
    'FROM debian:13\nCMD tail -f /dev/null\n',
    'FROM debian:13\nRUN a\nONBUILD COPY . /app\nCMD ["a"]\n',
    'FROM node:24 AS dev\nCMD ["npm", "run", "dev"]\n',
    'FROM debian:13\nCMD ["/usr/sbin/sshd", "-D"]\n',
    'FROM ubuntu:24.04\nENTRYPOINT ["/sbin/init"]\n',
    'FROM debian:13\nENTRYPOINT ["su", "app", "-c", "a"]\n',
    'FROM debian:13\nCMD ["uwsgi", "--uid", "app", "a.ini"]\n',
    'FROM debian:13\nCMD named -u bind -f\n',
    'FROM gcr.io/distroless/static-debian13:nonroot\nCMD ["/a"]\n',
    'FROM php:8.4-cli\nRUN a\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD ["a"]\n',
  ],
  invalid: [
    { bad: 'FROM alpine:3.22 AS validate\n«CMD ["a"]»\n' },
    { bad: 'FROM debian:13\n«ENTRYPOINT ["/entrypoint.sh"]»\n' },
    { bad: 'FROM debian:13\nENTRYPOINT ["tini", "--"]\n«CMD ["node", "a.js"]»\n' },
    { bad: 'FROM debian:13\n«CMD ["bash", "a.sh"]»\n' },
    { bad: 'FROM python:3.14\n«CMD python -u a.py»\n' },
    { bad: 'FROM «nginx:1.29»\nCOPY a /usr/share/nginx/html\n' },
    { bad: 'FROM «php:8.4-apache»\nCOPY a /var/www/html\n' },
    { bad: 'FROM «python:3.14»\nCOPY . .\nEXPOSE 8000\n' },
    { bad: 'FROM python:3.14 AS a\nCMD ["a"]\nFROM «a»\n' },
    { bad: 'FROM gcr.io/distroless/static-debian13\n«CMD ["/a"]»\n' },
  ],
});

testRule('platform-constant', {
  valid: ['FROM --platform=windows/amd64 mcr.microsoft.com/windows/servercore:ltsc2022\n'],
});

testRule('major-version-tag', {
  valid: ['FROM python:2-alpine\n'],
  invalid: [{ bad: 'FROM «python:3-alpine»\n' }],
});

testRule('removed-in-later-layer', {
  valid: ['FROM a:1\nCOPY b.tgz /tmp/\nRUN tar xf /tmp/b.tgz && rm /tmp/b.tgz\n'],
  invalid: [{ bad: 'FROM a:1\nCOPY b.tgz /tmp/\nRUN rm «/tmp/b.tgz»\n' }],
});
