import { expect, test } from 'vitest';
import { recordedInstruction } from './recorded-step.ts';
import { matchSource, type SourceFile, type SourceMatch } from './source-match.ts';

const dockerfile = `# syntax=docker/dockerfile:1
FROM golang:1.25 AS tool
RUN go build -o /out/tool ./cmd/tool

FROM python:3.13-slim AS base
ARG VERSION=1
ENV A=b \\
    C="d e"
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update && \\
    # a comment
    apt-get install -y git

FROM base
WORKDIR app
COPY --from=tool --chown=1:2 /out/tool \${A}/bin/
RUN <<EOF
echo one
echo two
EOF
ADD --chmod=600 https://example.com/file /file
EXPOSE 80 443/udp
HEALTHCHECK --interval=5s CMD true
ONBUILD RUN echo x
RUN ["sh", "-c", "echo hi"]
CMD echo hi
`;

/** As BuildKit records them, above two steps of the base image. */
const recorded = [
  'ADD file:1 in /',
  'CMD ["python3"]',
  'ARG VERSION=1',
  'ENV A=b C=d e',
  'SHELL [/bin/bash -o pipefail -c]',
  'RUN |1 VERSION=1 /bin/bash -o pipefail -c apt-get update &&     apt-get install -y git # buildkit',
  'WORKDIR /srv/app',
  'COPY --chown=1:2 /out/tool b/bin/ # buildkit',
  'RUN |1 VERSION=1 /bin/bash -o pipefail -c echo one\necho two\n # buildkit',
  'ADD --chmod=600 https://example.com/file /file # buildkit',
  'EXPOSE [443/udp 80/tcp]',
  'HEALTHCHECK &{["CMD-SHELL" "true"] "5s" "0s" "0s" "0s" \'\\x00\'}',
  'RUN |1 VERSION=1 sh -c echo hi # buildkit',
  'CMD ["/bin/bash" "-o" "pipefail" "-c" "echo hi"]',
];

function match(steps: readonly string[], ...files: readonly SourceFile[]): SourceMatch | undefined {
  return matchSource(
    steps.map((step) => recordedInstruction(step, '')),
    files,
  );
}

function linesOf(found: SourceMatch | undefined): readonly (number | undefined)[] | undefined {
  return found?.steps.map((step) => step?.line);
}

const file = { path: '/w/Dockerfile', text: dockerfile };
const lines = [undefined, undefined, 6, 7, 9, 10, 15, 16, 17, 21, 22, 23, 25, 26];

test('finds the line of each step, also of the stages below', () => {
  const found = match(recorded, file);
  expect(linesOf(found)).toEqual(lines);
  expect(found).toMatchObject({ firstOwn: 2, edits: 0, baseImage: 'python:3.13-slim' });
  expect(found?.steps[5]?.text).toBe('apt-get update && apt-get install -y git');
});

test('finds the lines of what the classic builder and older versions of BuildKit record', () => {
  const digest = '0123456789abcdef'.repeat(4);
  const classic = [
    'ADD file:1 in /',
    'CMD ["python3"]',
    '/bin/sh -c #(nop)  ARG VERSION=1',
    '/bin/sh -c #(nop)  ENV A=b C=d e',
    '/bin/bash -o pipefail -c #(nop)  SHELL [/bin/bash -o pipefail -c]',
    '|1 VERSION=1 /bin/bash -o pipefail -c apt-get update &&     apt-get install -y git',
    '/bin/bash -o pipefail -c #(nop) WORKDIR /srv/app',
    `/bin/bash -o pipefail -c #(nop) COPY --chown=1:2file:${digest} in b/bin/ `,
    '|1 VERSION=1 /bin/bash -o pipefail -c echo one\necho two\n',
    `/bin/bash -o pipefail -c #(nop) ADD file:${digest} in /file `,
    '/bin/bash -o pipefail -c #(nop)  EXPOSE map[443/udp:{} 80/tcp:{}]',
    'HEALTHCHECK &{["CMD-SHELL" "true"] "5s" "0s" "0s" \'\\x00\'}',
    '/bin/bash -o pipefail -c #(nop)  ONBUILD RUN echo x',
    '|1 VERSION=1 sh -c echo hi',
    '/bin/bash -o pipefail -c #(nop)  CMD ["/bin/bash" "-o" "pipefail" "-c" "echo hi"]',
  ];
  const found = match(classic, file);
  expect(linesOf(found)).toEqual([...lines.slice(0, 12), undefined, ...lines.slice(12)]);
  expect(found?.edits).toBe(0);
});

test('matches an image of a stage that is not the last', () => {
  expect(linesOf(match(recorded.slice(0, 6), file))).toEqual(lines.slice(0, 6));
});

test('counts instructions that were edited since, and leaves them without a line', () => {
  const edited = dockerfile.replace('echo two', 'echo three').replace('EXPOSE 80 443/udp\n', '');
  const found = match(recorded, { path: '/w/Dockerfile', text: edited });
  expect(found?.edits).toBe(2);
  expect(linesOf(found)?.slice(6, 12)).toEqual([15, 16, undefined, 21, undefined, 22]);
});

test('prefers the file with more common steps, and then the first one', () => {
  const other = { path: '/w/other', text: dockerfile.replace('echo two', 'echo three') };
  expect(match(recorded, other, file)?.path).toBe('/w/Dockerfile');
  expect(match(recorded, file, { ...file, path: '/w/copy' })?.path).toBe('/w/Dockerfile');
});

test('does not match the Dockerfile of the base image, of another image, or without common layers', () => {
  const base = { path: '/w/base', text: 'FROM scratch\nADD rootfs.tar /\nCMD ["python3"]\n' };
  const another = {
    path: '/w/x',
    text: 'FROM x\nENV A=b C="d e"\nRUN make\nRUN make test\nCMD echo hi\n',
  };
  const variables = { path: '/w/y', text: 'FROM x\nARG VERSION=1\nCMD echo hi\n' };
  const broken = { path: '/w/z', text: 'not a Dockerfile\nRUN\nCOPY\nFROM\n' };
  expect(match(recorded, base, another, variables, broken)).toBeUndefined();
  expect(match(['ARG VERSION=1', 'CMD ["/bin/sh" "-c" "echo hi"]'], variables)).toBeUndefined();
  expect(match([], file)).toBeUndefined();
});

test('takes time linear in the length of variables in a row', () => {
  const text = `FROM x\nCOPY ${'$a$b'.repeat(5000)} /x\n`;
  expect(match([`COPY ${'ab'.repeat(50_000)} /y`], { path: '/w/x', text })).toBeUndefined();
});
