import { testRule } from '../../../../test/test-rule.ts';

testRule('base-end-of-life', {
  valid: [
    'FROM python:3.13-slim\n',
    'FROM python:3\n',
    'FROM debian:trixie\n',
    'FROM example.org/python:3.8\n',
    'FROM scratch\n',
    'FROM $IMAGE\n',
    'FROM mycorp/debian:10\n',
    'FROM python:3.13 AS buster\nFROM buster\n',
  ],
  invalid: [
    { bad: 'FROM «python:3.8-buster»\n', good: 'FROM python:3.13\n' },
    { bad: 'FROM «python:3.8.12-slim-buster» AS b\n', good: 'FROM python:3.13-slim AS b\n' },
    { bad: 'FROM «node:16.14.0-alpine3.15»\n', good: 'FROM node:24-alpine\n' },
    { bad: 'FROM «python:3.13-slim-buster»\n', good: 'FROM python:3.13-slim\n' },
    { bad: 'FROM «ubuntu:18.04»\n', good: 'FROM ubuntu:24.04\n' },
    { bad: 'FROM «ubuntu:bionic»\n', good: 'FROM ubuntu:noble\n' },
    { bad: 'FROM «debian:buster-slim»\n', good: 'FROM debian:trixie-slim\n' },
    { bad: 'FROM «centos:7.3.1611»\n', good: 'FROM almalinux:9\n' },
    { bad: 'FROM «hub.example.org/library/centos：7»\n' },
    { bad: 'FROM «docker.io/library/alpine:3.12»\n', good: 'FROM docker.io/library/alpine:3.22\n' },
    { bad: 'ARG V=3.8\nFROM «python:${V}»\n' },
    {
      bad: 'FROM «mcr.microsoft.com/dotnet/sdk:6.0-alpine»\n',
      good: 'FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine\n',
    },
    { bad: 'FROM «golang:1.19»\n', good: 'FROM golang:1.26\n' },
  ],
});

testRule('image-tag-missing', {
  valid: [
    'FROM a:1 AS b\nFROM b\n',
    'FROM scratch\n',
    'FROM $A\n',
    'ARG A=b:1\nFROM ${A}\n',
    'FROM a@sha256:0123456789012345678901234567890123456789012345678901234567890123\n',
    'ARG R=x:8099\nFROM $R/y:1\n',
  ],
  invalid: [
    {
      bad: 'FROM «docker.io/library/python» AS b\n',
      good: 'FROM docker.io/library/python:3.13 AS b\n',
    },
    { bad: 'FROM «a»\n' },
    { bad: 'ARG A=b\nFROM «${A}»\n' },
    { bad: 'FROM «x:5000/y»\n' },
  ],
});

testRule('image-latest', {
  valid: ['FROM a:1\n', 'FROM a:dev-1.4\n'],
  invalid: [
    { bad: 'FROM «ubuntu:latest» AS b\n', good: 'FROM ubuntu:24.04 AS b\n' },
    { bad: 'FROM «a:latest»\n', good: 'FROM a:latest\n' },
    { bad: 'ARG T=latest\nFROM «a:$T»\n' },
  ],
});

testRule('major-version-tag', {
  valid: ['FROM python:3.13\n', 'FROM node:24\n', 'FROM python:2-slim\n', 'FROM python:3@sha256:0123456789012345678901234567890123456789012345678901234567890123\n'], // prettier-ignore
  invalid: [
    { bad: 'FROM «golang:1-alpine» AS b\n', good: 'FROM golang:1.26-alpine AS b\n' },
    { bad: 'FROM «ruby:4-slim»\n', good: 'FROM ruby:4-slim\n' },
    { bad: 'ARG V=3\nFROM «python:$V»\n', good: 'ARG V=3\nFROM python:$V\n' },
  ],
});

testRule('label-base-digest', {
  valid: [
    'FROM a:1\nLABEL org.opencontainers.image.base.digest=$D\n',
    'FROM scratch\nLABEL org.opencontainers.image.base.digest=sha256:1\n',
  ],
  invalid: [
    { bad: 'FROM a:1 AS b\nFROM b\nLABEL org.opencontainers.image.base.digest=«sha256:1»\n' },
  ],
});

testRule('site-packages-path', {
  valid: [
    'FROM python:3.13 AS b\nFROM a:1\nCOPY --from=b /opt/venv /opt/venv\n',
    'FROM a:1\nCOPY site-packages /usr/local/lib/python3.13/site-packages\n',
    'FROM a:1 AS b\nFROM c:1\nCOPY --from=b /usr/local/lib/python${V}/site-packages /d\n',
  ],
  invalid: [
    { bad: 'FROM a:1 AS b\nFROM c:1\nCOPY --from=b «/usr/lib/python3.12/dist-packages/» /d/\n' },
    { bad: 'FROM a:1\nCOPY --from=b/c:1 «/root/.local/lib/python3.12» /d\n' },
  ],
});

testRule('platform-constant', {
  valid: [
    'FROM --platform=$BUILDPLATFORM a:1\n',
    'FROM --platform=linux/arm64 a:1 AS arm64-base\n',
  ],
  invalid: [{ bad: 'FROM --platform=«linux/arm64» a:1 AS b\n', good: 'FROM a:1 AS b\n' }],
});
