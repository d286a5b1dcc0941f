import { testRule } from '../../../../test/test-rule.ts';

const debian = 'FROM debian:trixie-slim\n';
const bash = 'SHELL ["/bin/bash", "-c"]\n';

testRule('bash-in-sh', {
  valid: [
    'FROM debian:trixie\nSHELL ["/bin/bash", "-c"]\nRUN [[ a ]] && source b\n',
    'FROM debian:trixie\nRUN <<EOF\n#!/bin/bash\nsource b\nEOF\n',
    'FROM debian:trixie\nRUN <<EOF\n#!/usr/bin/env bash\nsource b\nEOF\n',
    "FROM debian:trixie\nRUN bash -c 'source b && [[ c ]]'\n",
    'FROM debian:trixie\nRUN ln -sf /bin/bash /bin/sh\nRUN source b\n',
    // Images whose shell is not known, and images where `/bin/sh` is bash.
    'FROM example.org/a/b:1\nRUN source c\n',
    'FROM rockylinux:9\nRUN source c && [[ d ]]\n',
    'FROM registry.access.redhat.com/ubi9/ubi:9.6\nRUN pushd a\n',
    'FROM python:3.12-windowsservercore\nRUN [[ a ]]\n',
    // BusyBox supports more than dash.
    'FROM alpine:3.22\nRUN [[ a == b ]] && source c && echo -e d && set -o pipefail && e &> f\n',
    'FROM node:24-alpine\nRUN function a { b; }; echo ${C//d} ${C:1:2} && diff <(e) <(f)\n',
    // Braces that are not brace expansions, or that another program reads.
    `${debian}RUN find . -exec rm {} + && awk '{print $1,$2}' a && grep -E b{1,3} c\n`,
    `${debian}RUN echo "{a,b}" '{a,b}' \\{a,b\\} \${A} {"a":1,"b":2} '$'\n`,
    `${debian}RUN curl -O https://example.org/{a,b}\n`,
    `${debian}RUN cat <<EOF >a\n{b,c} \${d//e} [[ f ]] source g\nEOF\n`,
    // POSIX syntax.
    `${debian}RUN echo \${A:-b} \${A:=1} \${A:+c} \${A#d} \${A%%e} "\${A:?}" $((1 + 2)) && [ a = b ]\n`,
    `${debian}RUN echo -n a && printf -- '-e' && /bin/echo -e b && command -v pushd\n`,
    // A failure that the script handles.
    `${debian}RUN (set -o pipefail 2>/dev/null) && a; source b 2>/dev/null || . ./b\n`,
  ],
  invalid: [
    { bad: `${debian}RUN «[[ "$a" == b ]]» && c\n`, good: `${debian}RUN [ "$a" = b ] && c\n` },
    { bad: `${debian}RUN if «[[ $a =~ b ]]»; then c; fi\n`, good: `${debian}${bash}RUN if [[ $a =~ b ]]; then c; fi\n` }, // prettier-ignore
    { bad: `${debian}RUN if [ a «==» "$b" ]; then c; fi\n`, good: `${debian}RUN if [ a = "$b" ]; then c; fi\n` }, // prettier-ignore
    { bad: `${debian}RUN «source» b.sh && c\n`, good: `${debian}RUN . ./b.sh && c\n` },
    {
      bad: `${debian}RUN echo «-e» "a\\tb" > c\n`,
      good: `${debian}RUN printf '%b\\n' "a\\tb" > c\n`,
    },
    { bad: `${debian}RUN echo «-e» a b\n`, good: `${debian}${bash}RUN echo -e a b\n` },
    { bad: `${debian}RUN «function» a { b; }; a\n`, good: `${debian}RUN a() { b; }; a\n` },
    { bad: `${debian}RUN «a=(b c)» && d\n` },
    { bad: `${debian}RUN a «<<<» "$b"\n`, good: `${debian}${bash}RUN a <<< "$b"\n` },
    { bad: `${debian}RUN a «&>» /dev/null\n`, good: `${debian}RUN a > /dev/null 2>&1\n` },
    { bad: `${debian}RUN a «|&» b\n`, good: `${debian}RUN a 2>&1 | b\n` },
    { bad: `${debian}RUN a «<(»b)\n` },
    { bad: `${debian}RUN «((»a++)) && for «((»i=0; i<3; i++)); do b; done\n` },
    { bad: `${debian}RUN echo "«\${a/»/b}" «\${a:»1:2} «\${a^»^} «\${!a»} «\${a[»0]} «$'»b'\n` },
    { bad: `${debian}RUN set -eux«o pipefail»; a | b\n`.replace('«o pipefail»', 'o «pipefail»') },
    {
      bad: `${debian}RUN «pushd» a && b && «popd»\n`,
      good: `${debian}${bash}RUN pushd a && b && popd\n`,
    },
    {
      bad: `${debian}RUN for a in «{b,c}»; do d; done\n`,
      good: `${debian}RUN for a in b c; do d; done\n`,
    },
    { bad: `${debian}RUN touch a«{1..3}»\n`, good: `${debian}${bash}RUN touch a{1..3}\n` },
    { bad: `${debian}RUN A=1 && «A+=2»\n` },
    { bad: `${debian}RUN <<EOF\n#!/bin/sh\n«source» /b\nEOF\n` },
    { bad: `${debian}ONBUILD RUN «pushd» a\n` },
    { bad: `${debian}RUN echo "$(«source» /b && c)"\n` },
    { bad: 'FROM alpine:3.22\nRUN «a=(b)» && mkdir «{c,d}» && «pushd» e\n' },
    { bad: 'FROM python:3.14 AS a\nFROM a\nRUN «source» /b\n' },
  ],
});
