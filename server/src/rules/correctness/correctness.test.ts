import { testRule } from '../../../../test/test-rule.ts';

testRule('lost-failure', {
  valid: [
    'FROM a:1\nRUN set -e; b; c\n',
    'FROM a:1\nRUN set -eux; b; c\n',
    'FROM a:1\nRUN set -o errexit; b; c\n',
    'FROM a:1\nRUN b || true; c\n',
    'FROM a:1\nRUN A=1; export B=2; c\n',
    'FROM a:1\nRUN [ -f x ] && exit 0; c\n',
    'FROM a:1\nRUN for i in 1 2; do b $i; done\n',
    'FROM a:1\nRUN if b; then c; fi\n',
    'FROM a:1\nRUN b && c;\n',
    'FROM a:1\nSHELL ["/bin/bash", "-e", "-c"]\nRUN b; c\n',
    'FROM a:1\nRUN find . -exec rm {} \\;\n',
    'FROM a:1\nRUN powershell -command mkdir b ; c\n',
    'FROM a:1\nRUN b && [ -f x ] && c; d\n',
    'FROM a:1\nRUN b && for i in c; do d && e; done; f\n',
    'FROM a:1\nRUN <<EOF\nset -ex\nb\nc\nEOF\n',
    'FROM a:1\nRUN <<EOF\n#!/bin/bash -e\nb\nc\nEOF\n',
    'FROM a:1\nRUN <<EOF\nb\nEOF\n',
    'FROM a:1\nRUN python3 <<EOF\nb\nc\nEOF\n',
    'FROM a:1\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nRUN <<EOF\nb\nc\nEOF\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN b«;» c; d\n', good: 'FROM a:1\nRUN b && c && d\n' },
    { bad: 'FROM a:1\nRUN b«;» c || d\n', good: 'FROM a:1\nRUN b; c || d\n' },
    { bad: 'FROM a:1\nRUN b && (c)«;» d\n', good: 'FROM a:1\nRUN b && (c) && d\n' },
    { bad: 'FROM a:1\nRUN b «;» \\\n  c\n', good: 'FROM a:1\nRUN b && \\\n  c\n' },
  ],
});

testRule('workdir-relative', {
  valid: [
    'FROM a:1\nWORKDIR /x\nWORKDIR y\n',
    'FROM a:1\nWORKDIR "/usr/local"\n',
    'FROM a:1\nWORKDIR $HOME/x\n',
    'FROM a:1 AS b\nWORKDIR /x\nFROM b\nWORKDIR y\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nWORKDIR C:\\app\n',
    'FROM a:1\nARG D=/x\nWORKDIR ${D}/y\n',
    'FROM a:1\nARG D\nWORKDIR $D\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nWORKDIR «x»\nWORKDIR y\n', good: 'FROM a:1\nWORKDIR /x\nWORKDIR y\n' },
    { bad: 'FROM a:1\nWORKDIR «../x»\n', good: 'FROM a:1\nWORKDIR ../x\n' },
    { bad: 'FROM a:1\nARG D=x\nWORKDIR «$D»\n' },
    { bad: 'FROM a:1\nWORKDIR «""»\n' },
    { bad: "FROM a:1\nENV D=/x\nWORKDIR «'$D'»\n" },
    { bad: 'FROM scratch\nWORKDIR «$D»\n' },
    { bad: 'ARG D=/x\nFROM scratch\nWORKDIR «$D»\n' },
  ],
});

testRule('undefined-from-argument', {
  valid: ['ARG V\nFROM a:${V:-1}\n', 'FROM a:${TARGETARCH:-1}\n', 'FROM a:${V:?}\n'],
  invalid: [{ bad: 'FROM a:${«V»:-1}\n' }, { bad: 'FROM --platform=${«P»:-linux/arm64} a:1\n' }],
});

// Before the colon, BuildKit reads neither an address nor a port here.
testRule('expose-mapping', {
  valid: ['FROM a:1\nEXPOSE :80 ::81\n', 'FROM a:1\nEXPOSE $P:80\n'],
  invalid: [
    { bad: 'FROM a:1\nEXPOSE «127.0.0.1::80»\n', good: 'FROM a:1\nEXPOSE 80\n' },
    { bad: 'FROM a:1\nARG P=1\nEXPOSE «$P:80»\n', good: 'FROM a:1\nARG P=1\nEXPOSE $P:80\n' },
  ],
});

testRule('expose-protocol-casing', {
  valid: ['FROM a:1\nARG P=80/tcp\nEXPOSE $P\n'],
  invalid: [
    { bad: 'FROM a:1\nEXPOSE «"80/TCP"»\n', good: 'FROM a:1\nEXPOSE "80/TCP"\n' },
    { bad: 'FROM a:1\nARG P=80/TCP\nEXPOSE «$P»\n', good: 'FROM a:1\nARG P=80/TCP\nEXPOSE $P\n' },
    { bad: 'FROM a:1\nARG P=80\nEXPOSE $P/«UDP»\n', good: 'FROM a:1\nARG P=80\nEXPOSE $P/udp\n' },
  ],
});

testRule('platform-redundant', {
  valid: [
    'FROM --platform=${TARGETPLATFORM:+linux/arm64} a:1\n',
    'FROM --platform=${TARGETPLATFORM:-$X} a:1\n',
    'FROM --platform=$BUILDPLATFORM a:1\n',
  ],
  invalid: [
    {
      bad: 'FROM «--platform=${TARGETPLATFORM:-linux/amd64}» a:1\n',
      good: 'FROM a:1\n',
    },
  ],
});

testRule('copy-from-unknown-stage', {
  valid: [
    'FROM a:1 AS b\nFROM c:1\nCOPY --from=b x y\nCOPY --from=0 x y\nCOPY --from=B x y\n',
    'FROM a:1\nCOPY --from=nginx:1.31 x y\n',
    'FROM a:1\nCOPY --from=nginx x y\n',
    'FROM a:1\nCOPY --from=ghcr.io/x/y x y\n',
    'FROM a:1\nRUN --mount=type=bind,from=b/c,target=/x true\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1 AS tools\nFROM c:1\nCOPY --from=«tolos» x y\n',
      good: 'FROM a:1 AS tools\nFROM c:1\nCOPY --from=tools x y\n',
    },
    { bad: 'FROM c:1\nCOPY --from=«builder» x y\n' },
    { bad: 'FROM a:1 AS tools\nFROM c:1\nRUN --mount=type=bind,from=«tool»,target=/x true\n' },
  ],
});

testRule('undefined-variable', {
  valid: [
    'FROM debian:13\nENV PATH=/b:$PATH\n',
    'FROM alpine:3 AS b\nENV C=1\nFROM b\nCOPY $C /d\n',

    'FROM a:1\nENV A=1\nENV B=$A\n',
    'FROM a:1\nENV B=$UNKNOWN_OF_BASE\n',
    'FROM a:1\nENV LIBRARY_PATH=x\nENV LD_LIBRARY_PATH=$LD_LIBRARY_PATH:y\n',
    'FROM a:1\nENV B=${A:-1}\n',
    'FROM a:1\nENV NAME=1\nENV B=${NMAE:-1}\n',
    'FROM scratch\nENV B=${A:?}\n',
    'FROM scratch\nONBUILD ENV B $A\n',
    'FROM debian:13\nRUN echo $HTTP_PROXY\n',
    'FROM scratch\nRUN echo $A\n',
    'FROM scratch\nARG A\nENV B=$A\n',
    'FROM scratch\nCOPY x $PATH\n',
  ],
  invalid: [
    { bad: 'FROM alpine:3\nCOPY $«A» /b\n' },
    { bad: 'FROM docker.io/library/ubuntu:24.04 AS b\nFROM b\nENV A=$«PAHT»:/c\n' },

    { bad: 'FROM scratch\nENV B=$«A»\n' },
    { bad: 'FROM scratch\nENV B=${«A»:-1}\n' },
    { bad: 'FROM debian:13\nENV B=${«A»+1}\n' },
    { bad: 'FROM debian:13\nENV http_proxy=$«HTTP_PROXY»\n' },
    { bad: 'FROM debian:13\nEXPOSE $«PORT»\n' },
    {
      bad: 'ARG V=1\nFROM a:1\nENV B=${«V»:-2}\n',
      good: 'ARG V=1\nFROM a:1\nARG V\nENV B=${V:-2}\n',
    },
    {
      bad: 'FROM a:1\nENV NAME=1\nENV B=${«NMAE»}\n',
      good: 'FROM a:1\nENV NAME=1\nENV B=${NAME}\n',
    },
    { bad: 'ARG V=1\nFROM a:1\nENV B=$«V»\n', good: 'ARG V=1\nFROM a:1\nARG V\nENV B=$V\n' },
  ],
});

testRule('image-reference-link', {
  valid: ['FROM a:1\n', 'FROM ghcr.io/a/b:1\n', 'FROM a:1\nLABEL url="[a](http://b)"\n'],
  invalid: [
    { bad: 'FROM «https://hub.docker.com/_/nginx»\n', good: 'FROM nginx\n' },
    { bad: 'FROM «[nginx:1.31](https://hub.docker.com/_/nginx)»\n', good: 'FROM nginx:1.31\n' },
    { bad: 'FROM «`nginx:1.31`» AS web\n', good: 'FROM nginx:1.31 AS web\n' },
  ],
});

testRule('json-args', {
  valid: [
    'FROM a:1\nCMD ["b"]\n',
    'FROM a:1\nSHELL ["/bin/bash", "-c"]\nCMD b\n',
    'FROM a:1\nSHELL ["cmd", "/S", "/C"]\nCMD b\n',
    'FROM a:1\nSHELL ["/bin/sh", "-c"]\nCMD b\n',
    'FROM a:1\nONBUILD CMD b\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCMD «b "c d"»\n', good: 'FROM a:1\nCMD ["b", "c d"]\n' },
    { bad: 'FROM a:1\nCMD «b $HOME»\n', good: 'FROM a:1\nCMD b $HOME\n' },
    { bad: 'FROM a:1\nCMD «b && c»\n', good: 'FROM a:1\nCMD b && c\n' },
  ],
});

testRule('copy-root-to-root', {
  valid: [
    'FROM a:1 AS b\nRUN c\nFROM scratch\nCOPY --from=b / /\n',
    'FROM tonistiigi/xx:1 AS xx\nFROM a:1\nCOPY --from=xx / /\n',
    'FROM scratch AS b\nCOPY c /c\nFROM a:1\nCOPY --from=b / /\n',
    'FROM a:1\nCOPY --from=b/tools:1 / /\n',
  ],
  invalid: [{ bad: 'FROM a:1 AS b\nRUN c\nFROM d:1\nCOPY --from=b «/» /\n' }],
});

testRule('env-self-reference', {
  valid: [
    'FROM a:1\nENV PATH=/b:$PATH\n',
    'FROM a:1\nENV B=1\nENV B=2 C=$B\n',
    'FROM a:1\nENV B=1 C=${B:-2}\n',
    "FROM a:1\nENV B=1 C='$B'\n",
  ],
  invalid: [
    {
      bad: 'FROM a:1\nENV PATH=/b:$PATH PATH=/c:«$PATH»\n',
      good: 'FROM a:1\nENV PATH=/b:$PATH\nENV PATH=/c:$PATH\n',
    },

    {
      bad: 'FROM a:1\nENV B=1 \\\n    C=«${B}»/d E=2\n',
      good: 'FROM a:1\nENV B=1\nENV C=${B}/d E=2\n',
    },
    { bad: 'FROM a:1\nENV C=«$B» B=1\n', good: 'FROM a:1\nENV C=$B B=1\n' },
  ],
});

testRule('copy-several-target', {
  valid: [
    'FROM a:1\nCOPY b c ./\nCOPY b c .\nCOPY b c ${D}\nCOPY b /c\n',
    'FROM a:1\nCOPY b "/c /d\n',
    'FROM a:1\nCOPY --form=x b c /d\n',
    'FROM a:1\nARG D=/d/\nCOPY b c $D\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nCOPY <<B <<C «/d»\nB\nC\n',
      good: 'FROM a:1\nCOPY <<B <<C /d/\nB\nC\n',
    },
    { bad: 'FROM a:1\nCOPY b c «"/d"»\n', good: 'FROM a:1\nCOPY b c "/d/"\n' },
  ],
});

testRule('copy-relative-target', {
  valid: [
    'FROM a:1\nONBUILD WORKDIR /b\nONBUILD COPY c d\n',

    'FROM a:1 AS b\nWORKDIR /c\nFROM b\nCOPY d .\n',
    'FROM scratch AS b\nCOPY c .\nFROM d:1\nCOPY --from=b /c /c\n',
    'FROM a:1\nCOPY b $D/\nCOPY b c:\\\\d\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCOPY <<EOF «b»\nc\nEOF\n' },
    { bad: 'FROM a:1 AS b\nCOPY c «.»\nFROM d:1\nCOPY --from=b /c /c\n' },
    { bad: 'FROM a:1\nONBUILD WORKDIR /b\nCOPY c «d»\n' },
    { bad: 'FROM a:1\nCOPY b «c»\nWORKDIR /d\n' },
  ],
});

testRule('healthcheck-missing', {
  valid: [
    'FROM a:1\nCMD ["/bin/bash", "-l"]\n',
    'FROM amazon/aws-lambda-python:3\nCMD ["a.b"]\n',
    'FROM a:1\nCMD exec functions-framework --target=b\n',

    'FROM a:1 AS b\nHEALTHCHECK CMD c\nFROM b\nCMD ["d"]\n',
    'FROM a:1\nCMD ["bash"]\n',
    'FROM a:1\n',
  ],
  invalid: [
    { bad: 'FROM «a:1»\nCMD bash\nCMD ["b"]\n' },
    { bad: 'FROM «a:1»\nCMD ["sh", "-c", "b"]\n' },
    { bad: 'FROM «a:1»\nONBUILD HEALTHCHECK CMD c\nCMD ["d"]\n' },
  ],
});

testRule('multiple-cmd', {
  valid: ['FROM a:1 AS b\nCMD c\nFROM b\nCMD d\n', 'FROM a:1\nONBUILD CMD b\nCMD c\n'],
  invalid: [
    {
      bad: 'FROM a:1\n«ENTRYPOINT ["b", \\\n  "c"]»\nRUN d\nENTRYPOINT ["e"]\n',
      good: 'FROM a:1\nRUN d\nENTRYPOINT ["e"]\n',
    },
  ],
});

testRule('copy-from-tag-missing', {
  valid: [
    'FROM a:1 AS tools\nFROM c:1\nCOPY --from=tolos x y\nCOPY --from=builder x y\n',
    'FROM a:1\nCOPY --from=b:1 x y\n',
  ],
  invalid: [{ bad: 'FROM a:1\nCOPY --from=«nginx» x y\nCOPY --from=«c/d» x y\n' }],
});
