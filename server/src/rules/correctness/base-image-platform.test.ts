import { testRule } from '../../../../test/test-rule.ts';

testRule('base-image-platform', {
  valid: [
    'FROM --platform=linux/amd64 debian:trixie-slim\n',
    'FROM --platform=linux alpine:3.22\n',
    'FROM --platform=arm64 arm64v8/alpine:3.22\n',
    'FROM --platform=linux/aarch64 docker.io/arm64v8/alpine:3.22\n',
    'FROM --platform=linux/arm/v7 arm32v7/alpine:3.22\n',
    'FROM --platform=$BUILDPLATFORM arm64v8/alpine:3.22\n',
    'FROM --platform=windows/amd64 mcr.microsoft.com/dotnet/sdk:10.0\n',
    'FROM --platform=windows/amd64 golang:1.25-nanoserver\n',
    'FROM --platform=windows/amd64 example.org/library/tool:1\n',
    'FROM alpine:3.22 AS base\nFROM --platform=windows/amd64 base\n',
  ],
  invalid: [
    {
      bad: 'FROM --platform=«windows/amd64» alpine:3.22\n',
      good: 'FROM alpine:3.22\n',
    },
    {
      bad: 'FROM --platform=«linux/x86_64» python:3.14-windowsservercore-ltsc2022 AS build\n',
      good: 'FROM python:3.14-windowsservercore-ltsc2022 AS build\n',
    },
    { bad: 'FROM --platform=«arm64» docker.io/amd64/alpine:3.22\n' },
    { bad: 'FROM --platform=«linux/amd64» i386/debian:trixie-slim\n' },
    {
      bad: 'ARG SYSTEM=linux\nFROM --platform=«$SYSTEM/amd64» mcr.microsoft.com/windows:ltsc2019\n',
    },
    { bad: 'FROM --platform=«linux/amd64» winamd64/golang:1.25\n' },
  ],
});
