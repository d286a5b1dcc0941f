/** Mistakes of real files, by rule, with text that looks similar and is right. */
import { expect, test } from 'vitest';
import { testRule } from '../../../test/test-rule.ts';
import { releasesIn } from '../images/releases.ts';
import { parseImage } from '../images/image.ts';

testRule('git-clone-unpinned', {
  valid: [
    'FROM a:1\nRUN git clone -b v1.2 https://b.org/c.git\n',
    'FROM a:1\nRUN git clone https://b.org/c.git && cd c && git checkout 0123abc\n',
    'FROM a:1\nRUN git clone https://b.org/c.git /c\nRUN cd /c && git reset --hard 0123abc\n',
    'FROM a:1\nRUN git clone --revision 0123abc https://b.org/c.git\n',
    'FROM a:1\nRUN git clone /b /c && git clone --mirror https://b.org/c.git\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «git clone» --depth 1 https://b.org/c.git && cd c && make\n' },
    { bad: 'FROM a:1\nRUN «git clone» --branch main git@b.org:c/d.git\n' },
    { bad: 'FROM a:1\nRUN git checkout b && «git clone» https://b.org/c.git\n' },
  ],
});

testRule('install-failure-ignored', {
  valid: [
    'FROM a:1\nRUN pip install b || pip install c\n',
    'FROM a:1\nRUN pip install b || exit 1\n',
    'FROM a:1\nRUN rm -rf /b || true\n',
    'FROM a:1\nRUN pip install b && (rm /c || true)\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN apt-get update && apt-get install -y b «|| true»\n' },
    { bad: 'FROM a:1\nRUN pip install b «|| echo "no b"»; c\n' },
    { bad: 'FROM a:1\nRUN (npm install -g b «|| :») && c\n' },
  ],
});

testRule('apt-update-separate', {
  valid: [
    'FROM a:1\nRUN apt-get update\nRUN apt-get update && apt-get install -y b\n',
    'FROM a:1\nRUN apt-get update && apt-get install -y b\nRUN apt-get install -y c\n',
    'FROM debian:13\nRUN ./setup.sh\nRUN apt-get install -y b\n',
    'FROM debian:13\nCOPY b.deb /\nRUN apt-get install -y /b.deb\n',
    'FROM a:1\nRUN apt-get install -y b\n',
    'FROM debian:13 AS a\nRUN apt-get update && apt-get install -y b\nFROM a\nRUN apt-get install -y c\n',
    'FROM debian:13\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get install -y b\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «apt-get update»\nRUN b\nRUN apt-get install -y c\n' },
    { bad: 'FROM a:1 AS b\nRUN «apt update»\nFROM b\nRUN apt install -y c\n' },
    { bad: 'FROM ubuntu:24.04\nRUN «apt-get install» -y b\nRUN apt-get install -y c\n' },
  ],
});

testRule('copy-parent-directory', {
  valid: [
    'FROM a:1\nCOPY a/../b /c\n',
    'FROM a:1\nCOPY --from=b ../c /d\n',
    'FROM a:1\nWORKDIR /a\nCOPY b ../c\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCOPY «../b» /b\n' },
    { bad: 'FROM a:1\nADD «../../b.tar» «./../c» /b/\n' },
  ],
});

testRule('unquoted-version', {
  valid: [
    'FROM a:1\nRUN pip install \'b>=1.2\' "c<2" d==1\n',
    'FROM a:1\nRUN pip install b > /log\n',
    'FROM a:1\nRUN pip install b >/dev/null 2>&1\n',
    'FROM a:1\nRUN echo a>1\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN pip install b «c>=1.2» d\n',
      good: "FROM a:1\nRUN pip install b 'c>=1.2' d\n",
    },
    {
      bad: 'FROM a:1\nRUN apk add --no-cache «sqlite>3.38»\n',
      good: "FROM a:1\nRUN apk add --no-cache 'sqlite>3.38'\n",
    },
    { bad: 'FROM a:1\nRUN pip install «b[c]<2»\n' },
    { bad: 'FROM a:1\nRUN npm install «b>=1»\n' },
  ],
});

testRule('substitution-not-run', {
  valid: [
    "FROM a:1\nENV PS1='$(b)'\n",
    'FROM a:1\nENV PROMPT_COMMAND="$(b)"\n',
    'FROM a:1\nENV A="\\$(b)"\n',
    'FROM a:1\nLABEL a="uses `b`"\n',
    'FROM a:1\nRUN A=$(b)\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nENV A=«"$(nproc)"»\n' },
    { bad: 'FROM a:1\nENV A=«`nproc`»\n' },
    { bad: 'FROM a:1\nARG A=«$(nproc)»\nWORKDIR «/a/$(b)»\n' },
  ],
});

testRule('conda-assume-yes', {
  valid: [
    'FROM a:1\nRUN conda install -y b && conda clean -afy\n',
    'FROM a:1\nRUN conda config --set always_yes true && conda install b\n',
    'FROM a:1\nENV CONDA_ALWAYS_YES=true\nRUN conda install b\n',
    'FROM a:1\nRUN yes | conda install b\n',
    'FROM a:1\nRUN conda env create -f b.yml && conda list\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «conda clean» --all\n', good: 'FROM a:1\nRUN conda clean -y --all\n' },
    { bad: 'FROM a:1\nRUN «mamba install» b && «conda create» -n c\n' },
  ],
});

testRule('wait-status', {
  valid: ['FROM a:1\nRUN a & A=$!; b && wait $A\n', 'FROM a:1\nRUN a; wait\n'],
  invalid: [{ bad: 'FROM a:1\nRUN a & b & «wait»\n' }],
});

testRule('path-relative', {
  valid: [
    'FROM a:1\nENV PATH=/b:$PATH:${C}/d\n',
    'FROM a:1\nENV PATH="$HOME/b:$PATH" MANPATH=b\n',
    'FROM a:1\nENV PATH="C:\\\\b;$PATH"\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nENV PATH=«$PATH:bin»\n' },
    { bad: 'FROM a:1\nENV PATH=«"~/.local/bin:$PATH"»\n' },
    { bad: 'FROM a:1\nENV PATH=«./node_modules/.bin:$PATH»\n' },
  ],
});

testRule('tilde-not-expanded', {
  valid: ['FROM a:1\nCOPY ~/a /b\n', 'FROM a:1\nWORKDIR /a~b\n'],
  invalid: [
    { bad: 'FROM a:1\nWORKDIR «~/app»\n' },
    { bad: 'FROM a:1\nADD a «~/b/»\nVOLUME «~/c»\n' },
  ],
});

testRule('proxy-in-env', {
  valid: [
    'FROM a:1\nENV http_proxy=\n',
    'FROM a:1\nENV NO_PROXY=localhost\n',
    'FROM a:1\nARG http_proxy\n',
  ],
  invalid: [{ bad: 'FROM a:1\nENV «HTTP_PROXY»=http://a:1 «https_proxy»=http://a:1\n' }],
});

testRule('lost-failure', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN «<<EOF»\n#!/bin/bash\nb\nc\nEOF\n',
      good: 'FROM a:1\nRUN <<EOF\n#!/bin/bash\nset -e\nb\nc\nEOF\n',
    },
  ],
});

testRule('export-lost-after-run', {
  valid: ['FROM a:1\nRUN source /b/set_env.sh && c\n'],
  invalid: [
    { bad: 'FROM a:1\nRUN «source /usr/local/Ascend/ascend-toolkit/set_env.sh»\n' },
    { bad: 'FROM a:1\nRUN «. /opt/intel/oneapi/setvars.sh»\n' },
  ],
});

testRule('image-latest', {
  valid: [
    'FROM debian:trixie\n',
    'FROM golang:1.26-alpine\n',
    'FROM a:nightly-20260101\n',
    'FROM a:main-0123abc\n',
    'FROM a:release-1.2\n',
    'FROM a:alpine\n',
  ],
  invalid: [
    { bad: 'FROM «golang:alpine»\n', good: 'FROM golang:1.26-alpine\n' },
    ...[
      'node:lts',
      'node:lts-alpine3.22',
      'debian:stable',
      'a:main',
      'a:nightly',
      'a:edge',
      'a/b:latest-cu12',
      'python:slim',
      'python:slim-bookworm',
    ].map((image) => ({ bad: `FROM «${image}»\n` })),
  ],
});

testRule('base-end-of-life', {
  valid: [
    'FROM python:3\n',
    'FROM golang:1\n',
    'FROM nvidia/cuda:13.0.1-base-ubuntu24.04\n',
    'FROM openjdk:26-ea\n',
    'FROM a/openjdk:8\n',
    'FROM node:2025\n',
  ],
  invalid: [
    'nvidia/cuda:11.8.0-devel-ubuntu20.04', 'python:2', 'golang:1.8', 'openjdk:17-slim', 'java:8', 'adoptopenjdk:11',
    'nginx:1.17', 'redis:5', 'tomcat:8', 'opensuse/leap:15.4', 'mcr.microsoft.com/dotnet/core/sdk:3.1',
    'docker.m.daocloud.io/python:3.8', 'docker.m.daocloud.io/library/python:3.8', 'mirror.gcr.io/node:16',
    'public.ecr.aws/docker/library/node:16', 'm.daocloud.io/docker.io/library/node:16', 'a/b:1.0-centos7',
  ].map((image) => ({ bad: `FROM «${image}»\n` })), // prettier-ignore
});

testRule('plain-http', {
  valid: ['FROM a:1\nRUN pip install -i http://pypi.internal/simple b\n'],
  invalid: [
    { bad: 'FROM a:1\nRUN pip install -i «http://mirrors.example.org/simple» b\n' },
    { bad: 'FROM a:1\nRUN pip config set global.index-url «http://mirrors.example.org/simple»\n' },
  ],
});

testRule('tls-verification-disabled', {
  invalid: [
    { bad: 'FROM a:1\nRUN pip config set «global.trusted-host» mirrors.example.org\n' },
    { bad: 'FROM a:1\nRUN ansible-galaxy install «--ignore-certs» b.c\n' },
  ],
});

testRule('removed-in-later-layer', {
  valid: [
    'FROM a:1\nCOPY b /scripts/b.sh\nRUN rm -rf /scripts/c\n',
    'FROM a:1\nCOPY requirements.txt /tmp/\nRUN rm -rf /tmp/x\n',
  ],
  invalid: [{ bad: 'FROM a:1\nCOPY scripts /scripts\nRUN /scripts/b\nRUN rm -rf «/scripts»\n' }],
});

testRule('copy-before-install', {
  valid: ['FROM a:1\nCOPY . .\nRUN --mount=type=cache,target=/root/.m2 mvn package\n'],
  invalid: [
    'uv sync --frozen',
    'cargo build --release',
    'mvn -B package',
    './gradlew build',
    'dotnet restore "b.csproj"',
    'composer install',
  ].map((install) => ({ bad: `FROM a:1\nWORKDIR /a\n«COPY . .»\nRUN ${install}\n` })),
});

testRule('cuda-devel-image', {
  invalid: [
    { bad: 'FROM «runpod/pytorch:2.1.0-py3.10-cuda11.8.0-devel-ubuntu22.04»\nCMD ["a"]\n' },
    { bad: 'FROM «registry.example.org/nvidia/cuda:12.4.1-devel-ubuntu22.04»\nCMD ["a"]\n' },
  ],
});

testRule('undefined-variable', {
  valid: [
    'ARG A\nFROM alpine:3.22\nARG A\nRUN echo $A\n',
    'ARG A\nFROM alpine:3.22\nRUN A=1; echo $A\n',
    'ARG A\nFROM alpine:3.22\nRUN echo ${A:-b}\n',
    'ARG A\nFROM alpine:3.22\nRUN . /b && echo $A\n',
    "ARG A\nFROM alpine:3.22\nRUN echo '$A'\n",
  ],
  invalid: [
    {
      bad: 'ARG A\nFROM b:1\nRUN echo "$«A»" $A\n',
      good: 'ARG A\nFROM b:1\nARG A\nRUN echo "$A" $A\n',
    },
  ],
});

testRule('user-missing', {
  valid: [
    'FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled\n',
    'FROM mambaorg/micromamba:2\n',
    'FROM a/b:1\n',
  ],
  invalid: [
    'nvidia/cuda:13.0.1-base-ubuntu24.04',
    'pytorch/pytorch:2.9.1-cuda13.0-cudnn9-runtime',
    'rocm/pytorch:1',
    'nvcr.io/nvidia/pytorch:26.05-py3',
    'continuumio/miniconda3:25.3.1-1',
  ].map((image) => ({ bad: `FROM ${image}\n«CMD ["a"]»\n` })),
});

test('names the release before all known ones by its own version', () => {
  const [release] = releasesIn(parseImage('golang:1.8.3-alpine') ?? { repository: 'golang' });
  expect(release).toMatchObject({ cycle: '1.8', isImage: true });
});
