/** Edge cases of what BuildKit rejects; its answer to each was checked with Docker 28.5.2. */
import { expect, test } from 'vitest';
import { unmark } from '../../lint/example.ts';
import { lint } from '../../lint/lint.ts';
import { createModel } from '../../model/lazy-model.ts';
import { parse } from '../../syntax/parse.ts';
import { slice } from '../../text/span.ts';
import { rules } from '../index.ts';

/** The texts at which build errors are found, and the marked texts at which they are expected. */
function findBuildErrors(marked: string): {
  readonly found: readonly string[];
  readonly marks: readonly string[];
} {
  const { text, spans } = unmark(marked);
  const found = lint(createModel(parse(text)), rules, { rules: {} })
    .filter(({ category }) => category === 'build-error')
    .map(({ at }) => slice(text, at.span));
  return { found, marks: spans.map((span) => slice(text, span)) };
}

function check(marked: string): void {
  const { found, marks } = findBuildErrors(marked);
  expect(found).toEqual(marks);
}

const digest = '0123456789abcdef'.repeat(4);

test.each([
  'EXPOSE 0 65535 +80 00080 80/ 80/TCP 80-82:90 80-82/udp',
  'EXPOSE :80 ::80 1.2.3.4:80:80 [::1]:80:80 ::1:80:80 1:2:3:4:5:6:7:8:80:80',
  'EXPOSE ""',
  'EXPOSE $UNKNOWN',
  'EXPOSE «65536» «80-79» «8o» «80:» «80/tcp/udp» «99999:80»',
  'EXPOSE «1::80» «01.2.3.4:80:80» «[::1]:80» «1.2.3:80:80» «80-82:90-91» «::1::1:80:80»',
  'ENV A="80 x"\nEXPOSE «$A»',
  'ARG A\nEXPOSE «40-$A»',
  'STOPSIGNAL -1',
  'STOPSIGNAL 99',
  'STOPSIGNAL rtmin+15',
  'STOPSIGNAL $UNKNOWN',
  'ENV S=KILL\nSTOPSIGNAL SIG$S',
  'STOPSIGNAL «0»',
  'STOPSIGNAL «RTMIN+0»',
  'STOPSIGNAL «RTMIN+16»',
  'STOPSIGNAL «SIGRTMAX-15»',
  'ARG S\nSTOPSIGNAL «$S»',
  'COPY --chmod=u+x,go=rX a b',
  'ARG M\nCOPY --chmod=$M a b',
  'COPY --chmod=«0o755» a b',
  'ENV M=abc\nADD --chmod=«$M» a b',
  'VOLUME $UNKNOWN',
  'ARG V\nVOLUME /a «$V»',
  'ENV A=${UNKNOWN:?x} B=${PATH:?x}',
  'ARG V=\nENV A=${V?x} B=«${V:?x}»',
  'ARG V\nARG W=«${V:?"say it"}»',
  'ARG V\nCOPY <<E /x\n«${V:?x}»\nE',
])('%s', (text) => {
  check(`FROM example:1\n${text}\n`);
});

test.each([
  'COPY HTTPS://a.b/c ftp://a.b/c host:path @a/b:c github.com/a/b /x/',
  'COPY --link «https://a.b/c» «git@a.b:c» «ssh://a.b/c» «http://a.b/c.git#x» /x/',
  'ENV U=https://a.b\nCOPY «$U/c» /x',
  `ADD --checksum=sha256:${digest} https://a.b/c /x`,
  'ADD --checksum=abc https://a.b/c.git /x',
  'ADD --checksum=$UNKNOWN a /x',
  'ARG C\nADD --checksum=$C https://a.b/c /x',
  `ADD «--checksum=sha256:${digest}» a /x`,
  `ADD «--checksum=sha256:${digest}» https://a.b/c https://a.b/d /x`,
  `ADD «--checksum=sha256:${digest}» <<E /x\nE`,
  `ADD --checksum=«sha512:${digest}» https://a.b/c /x`,
  `ADD --checksum=«md5:${digest}» https://a.b/c /x`,
  `ADD --checksum=«sha256:${digest.toUpperCase()}» https://a.b/c /x`,
  'ADD https://a.b/c?foo=1 https://a.b/c.git?keep-git-dir&tag=v1#refs/tags/v1 /x/',
  'ADD «https://a.b/c.git?foo=1» «https://a.b/c.git?tag=» «git@a.b:c?ref=x&ref=y» /x/',
  'ADD «https://a.b/c.git?ref=x#y» «https://a.b/c.git?tag=a&branch=a» /x/',
  'ADD «https://a.b/c.git?subdir=a#x:b» «https://a.b/c.git?submodules=maybe» /x/',
  'RUN --mount=type=cache true',
  'RUN --mount=type=ssh --mount=type=secret,id=a,target=/ true',
  'WORKDIR /\nRUN --mount=«type=cache» true',
  'WORKDIR /a\nRUN --mount=type=tmpfs,«target=..» --mount=target=//,readwrite true',
  'RUN --mount=type=cache,«target=/» true',
  'COPY --from=scratch a b\nCOPY --from="" a b',
  'COPY --from=«-1» a b\nCOPY --from=«+0» a b\nCOPY --from=«a:b:c» a b\nRUN --mount=from=«A»,target=/x true',
  'ONBUILD COPY --from=later a b',
])('%s', (text) => {
  check(`FROM example:1\n${text}\n`);
});

test.each([
  '# check=skip=A, B;foo=1\nFROM alpine:3.22',
  '# check=experimental=A;error=T\nFROM alpine:3.22',
  '# check=skip=A«;» error=true\nFROM alpine:3.22',
  '# check=«skip»\nFROM alpine:3.22',
  '# check=skip=A;«error=maybe»\nFROM alpine:3.22',
  '# check=«SKIP=all»\nFROM alpine:3.22',
  '# check=error=true\nFROM alpine:3.22 «as» «Build»',
  'FROM $«NAME»',
  'FROM alpine:$«TAG»',
  'FROM «${NAME:+x}»',
  'FROM alpine${TAG:+:$TAG}',
  'FROM alpine:${TAG:-3.22}',
  'FROM alpine:«${TAG:?x}»',
  'ARG TAG\nFROM alpine:$TAG',
  'ARG TAG\nFROM alpine:${TAG:?x}',
  'ARG REGISTRY=\nFROM $REGISTRY/alpine:3.22',
  `FROM «${digest}»`,
  `FROM «alpine@md5:${digest}»`,
  `FROM «alpine@sha256:${digest.toUpperCase()}»`,
  `FROM alpine@sha256:${digest}`,
  'FROM --platform=mips64p32 alpine:3.22',
  'FROM --platform="" alpine:3.22',
  'FROM --platform=«linux/$ARCH» alpine:3.22',
  'FROM --platform=«${P:-foo}» alpine:3.22',
  'ARG P\nFROM --platform=$P alpine:3.22',
  'ARG P=foo\nFROM --platform=«$P» alpine:3.22',
  'FROM alpine:3.22 AS a\nONBUILD COPY a\nFROM «a»',
  // A plain system image sets no variable but PATH, and no working directory.
  'FROM alpine:3.22 AS a\nFROM a\nSTOPSIGNAL «$S»\nVOLUME «$V»\nENV A=«${B:?x}» P=${PATH:?x}',
  'FROM debian:13\nRUN --mount=«type=cache» true\nEXPOSE «40-$P»',
  'FROM a:1 AS «a-»\nFROM a:1 AS «a..b»\nFROM a:1 AS a__b\nFROM a:1 AS a--b\nFROM a:1 AS a.b_c',
  'FROM a:1 AS Build\nFROM «Build»\nCOPY --from=Build a b\nFROM build',
])('%s', (text) => {
  check(`${text}\n`);
});

test('reports problems that do not always fail the build as correctness', () => {
  const found = lint(
    createModel(
      parse(
        'FROM example:1\nRUN --mount=type=cache true\nFROM scratch AS a\nENV A=b\nFROM a\nRUN x\nRUN y',
      ),
    ),
    rules,
    { rules: {} },
  );
  const shown = found.filter(({ rule }) => /^(?:mount-target|run-in-scratch)$/.test(rule));
  expect(shown.map(({ rule, category }) => `${rule} ${category}`)).toEqual([
    'mount-target correctness',
    'run-in-scratch correctness',
  ]);
});

test.each([
  'FROM scratch\nCOPY a /a\nRUN a',
  'FROM scratch\nRUN --mount=from=busybox,target=/bin x',
  'FROM alpine:3.22\nRUN x',
  'FROM scratch AS a\nCOPY a /a\nFROM a\nRUN x',
])('does not report run-in-scratch for %j', (text) => {
  const found = lint(createModel(parse(text)), rules, { rules: {} });
  expect(found.filter(({ rule }) => rule === 'run-in-scratch')).toEqual([]);
});
