/** Mistakes that are common in files of many kinds, by rule, with text that looks similar and is right. */
import { expect, test } from 'vitest';
import { testRule } from '../../../test/test-rule.ts';
import { lint } from '../lint/lint.ts';
import { createModel } from '../model/lazy-model.ts';
import { parse } from '../syntax/parse.ts';
import { rules } from './index.ts';

test.each([
  ['quay.io/centos/centos:stream8', 'CentOS Stream 8 reached end of life on 31 May 2024'],
  ['quay.io/centos/centos:stream8-minimal', 'CentOS Stream 8 reached end of life on 31 May 2024'],
  ['example.org/a/b:1.2-centos-stream8', 'CentOS Stream 8 reached end of life on 31 May 2024'],
  ['quay.io/centos/centos:stream9', undefined],
  [
    'registry.access.redhat.com/ubi7/ubi-minimal',
    'Red Hat UBI 7 reached end of life on 30 June 2024',
  ],
  ['registry.access.redhat.com/ubi7:7.9-1', 'Red Hat UBI 7 reached end of life on 30 June 2024'],
  ['registry.redhat.io/rhel7', 'Red Hat UBI 7 reached end of life on 30 June 2024'],
  ['example.org/a/b:1.2-ubi7', 'Red Hat UBI 7 reached end of life on 30 June 2024'],
  ['registry.access.redhat.com/ubi8/ubi:8.10', undefined],
  ['redhat/ubi10-minimal', undefined],
  ['example.org/ubi7', undefined],
])('end of life of %s', (image, expected) => {
  const found = lint(createModel(parse(`FROM ${image}\n`)), rules, { rules: {} });
  expect(found.find(({ rule }) => rule === 'base-end-of-life')?.message).toBe(expected);
});

testRule('base-end-of-life', {
  invalid: [
    {
      bad: 'FROM «quay.io/centos/centos:stream8»\n',
      good: 'FROM quay.io/centos/centos:stream10\n',
    },
    { bad: 'FROM «registry.access.redhat.com/ubi7/ubi»\n' },
  ],
});

testRule('copy-parent-directory', {
  valid: [
    'FROM a:1\nRUN --mount=source=a/../b,target=/b c\n',
    'FROM a:1\nRUN --mount=from=b,source=../c,target=/c d\n',
    'FROM a:1\nRUN --mount=type=cache,source=../c,target=/c d\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN --mount=src=«../b»,target=/b c\n' },
    { bad: 'FROM a:1\nRUN --mount=type=bind,source=«a/../../b»,target=/b c\n' },
    { bad: 'FROM a:1\nRUN --mount=type=bind,source=«..»,target=/b c\n' },
    { bad: 'FROM a:1\nCOPY «..» /b\n' },
  ],
});

testRule('base-end-of-life', {
  valid: ['FROM ros:jazzy-ros-base\n', 'FROM ros:rolling\n'],
  invalid: [
    { bad: 'FROM «osrf/ros:noetic-desktop-full»\n', good: 'FROM osrf/ros:jazzy-desktop-full\n' },
    { bad: 'FROM «ros:lunar»\n' },
  ],
});

testRule('apt-update-separate', {
  valid: [
    'FROM ros:jazzy\nRUN apt-get update && rosdep install --from-paths src -y && rm -rf /var/lib/apt/lists/*\n',
    'FROM ros:jazzy\nRUN apt-get update && apt-get install -y git\nRUN rosdep update && rosdep install --from-paths src -y\n',
    'FROM ros:jazzy\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nRUN ./update.sh\nRUN rosdep install --from-paths src -y\n',
    'FROM debian:13\nRUN apt-get update && apt-get install -y devscripts && rm -rf /var/lib/apt/lists/*\nRUN mk-build-deps debian/control\n',
  ],
  invalid: [
    {
      bad: 'FROM ros:jazzy\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nRUN rosdep update && «rosdep» install --from-paths src -y\n',
    },
    {
      bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y devscripts && rm -rf /var/lib/apt/lists/*\nRUN «mk-build-deps» -ir debian/control\n',
    },
  ],
});

testRule('install-failure-ignored', {
  valid: [
    `FROM r-base:4.5.2\nRUN R -e "options(warn=2); install.packages('a')"\n`,
    `FROM r-base:4.5.2\nRUN R -e "install.packages('a'); library(a)"\n`,
    `FROM r-base:4.5.2\nRUN R -e "install.packages('remotes')"\nRUN R -e "remotes::install_github('b/c@v1')"\n`,
    `FROM r-base:4.5.2\nRUN R -e "if (!require('a')) stop('b')" -e "install.packages('a')"\n`,
    'FROM rocker/r-ver:4.5.2\nRUN install2.r --error a\n',
  ],
  invalid: [
    { bad: `FROM r-base:4.5.2\nRUN R --no-save -e «"install.packages(c('a', 'b'))"»\n` },
    {
      bad: `FROM r-base:4.5.2\nRUN Rscript -e «"install.packages('a')"» -e "install.packages('b')"\n`,
    },
    { bad: `FROM r-base:4.5.2\nRUN Rscript -e «"utils::install.packages('a')"»\n` },
  ],
});

testRule('pacman-partial-upgrade', {
  valid: [
    'FROM archlinux:base\nRUN pacman -Syu --noconfirm git\n',
    'FROM archlinux:base\nRUN pacman -Sy --noconfirm\n',
    'FROM archlinux:base\nRUN pacman -S --noconfirm git\n',
    'FROM archlinux:base\nRUN pacman -Sy --noconfirm archlinux-keyring && pacman -Su --noconfirm\n',
    'FROM archlinux:base\nRUN pacman -Syyu --noconfirm git\n',
  ],
  invalid: [
    {
      bad: 'FROM archlinux:base\nRUN «pacman -Syy» git\n',
      good: 'FROM archlinux:base\nRUN pacman -Syu git\n',
    },
    { bad: 'FROM archlinux:base\nRUN «pacman --noconfirm» -Sy git\n' },
  ],
});

testRule('healthcheck-program-missing', {
  valid: [
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM node:24\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM node:24-alpine\nHEALTHCHECK CMD wget -qO- http://localhost/\n',
    'FROM nginx:1.29-alpine\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM a:1\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM python:3.14-slim\nCOPY --from=a /usr/bin/curl /usr/bin/\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM python:3.14-slim\nCOPY rootfs /\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM python:3.14-slim\nARG P\nRUN apt-get update && apt-get install -y $P\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM python:3.14-slim\nCOPY setup.sh /\nRUN /setup.sh\nHEALTHCHECK CMD curl -f http://localhost/\n',
    'FROM python:3.14-slim\nHEALTHCHECK CMD test -f /x && curl -f http://localhost/\n',
    'FROM python:3.14-slim\nHEALTHCHECK NONE\n',
    'FROM debian:13 AS a\nRUN apt-get update && apt-get install -y wget\nFROM a\nHEALTHCHECK CMD wget -qO- http://localhost/\n',
  ],
  invalid: [
    {
      bad: 'FROM python:3.14-slim\nHEALTHCHECK --interval=5s CMD «curl» -f http://localhost/ || exit 1\n',
    },
    { bad: 'FROM python:3.14-slim\nHEALTHCHECK CMD [«"wget"», "-q", "http://localhost/"]\n' },
    {
      bad: 'FROM node:24-alpine\nRUN apk add --no-cache tini\nHEALTHCHECK CMD «curl» -f http://localhost/\n',
    },
    {
      bad: 'FROM gcr.io/distroless/nodejs24\nHEALTHCHECK CMD [«"curl"», "-f", "http://localhost/"]\n',
    },
    {
      bad: 'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nHEALTHCHECK CMD «curl» -f http://localhost/\n',
    },
    {
      bad: 'FROM debian:13 AS a\nRUN apt-get update && apt-get install -y curl\nFROM debian:13\nCOPY --from=a /b /b\nHEALTHCHECK CMD «curl» -f http://localhost/\n',
    },
  ],
});
