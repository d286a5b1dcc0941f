import { describe, expect, test } from 'vitest';
import { failingBuilds } from '../../../test/engine/failed-builds/cases.ts';
import { recordedBuilds, recordedVersions } from '../../../test/engine/failed-builds/recorded.ts';
import { document } from '../model/document.ts';
import { dockerfile } from '../text/dedent.ts';
import type { BuildOptions } from './stage-bases.ts';
import { buildSteps, instructionOfStep } from './steps.ts';

/** The first line of the instruction, as it is written. */
function lineOf(text: string, name: string, options?: BuildOptions): string | undefined {
  const instruction = instructionOfStep(document('', text), name, options);
  return instruction && text.slice(instruction.span.start).split('\n')[0];
}

const stages = dockerfile`
  ARG TAG=12
  ARG BASE=build
  FROM debian:$TAG AS build
  WORKDIR /src
  ENV NAME=app
  RUN make
  RUN make \
      # everything
      $NAME
  COPY --chown=1:1 a b /c/

  FROM $BASE
  RUN make
  ADD https://example.org/a.tgz /a
  FROM scratch AS Final
  COPY --from=build /c /c
  COPY --from=1 /a /a
  COPY --from=docker.io/library/tools:1 /t /t
`;

describe('instructionOfStep', () => {
  test.each([
    ['[build 1/5] FROM docker.io/library/debian:12@sha256:0123', 'FROM debian:$TAG AS build'],
    ['[build 2/5] WORKDIR /src', 'WORKDIR /src'],
    ['[build 3/5] RUN make', 'RUN make'],
    ['[build 4/5] RUN make     app', 'RUN make \\'],
    ['[linux/arm64 build 4/5] RUN make app', 'RUN make \\'],
    ['[linux/amd64->arm64 build 5/5] COPY --chown=1:1 a b /c/', 'COPY --chown=1:1 a b /c/'],
    ['[stage-1 1/2] RUN make', 'RUN make'],
    ['[stage-1 2/2] ADD https://example.org/a.tgz /a', 'ADD https://example.org/a.tgz /a'],
    ['[final 1/3] COPY --from=build /c /c', 'COPY --from=build /c /c'],
    ['[final 2/3] COPY --from=1 /a /a', 'COPY --from=1 /a /a'],
    ['FROM docker.io/library/tools:1', 'COPY --from=docker.io/library/tools:1 /t /t'],
    ['https://example.org/a.tgz', 'ADD https://example.org/a.tgz /a'],
  ])('finds the instruction of %s', (name, line) => {
    expect(lineOf(stages, name)).toBe(line);
  });

  test.each([
    '[internal] load build definition from Dockerfile',
    '[internal] load metadata for docker.io/library/debian:12',
    '[auth] library/debian:pull token for registry-1.docker.io',
    'copy /context /',
    'exporting to image',
    '[build 3/5] RUN npm ci',
    '[build 4/5] RUN take app',
    '[unknown 1/1] RUN make',
    '[1/2] RUN make',
    '[build 9/5] WORKDIR /elsewhere',
    '',
  ])('finds none for %s', (name) => {
    expect(lineOf(stages, name)).toBeUndefined();
  });

  test('finds the second of two equal instructions by its number', () => {
    const text = 'FROM a\nRUN make\nENV A=1\nRUN make\n';
    const name = (number: number): number | undefined =>
      instructionOfStep(document('', text), `[${String(number)}/3] RUN make`)?.span.start;
    expect([name(2), name(3)]).toEqual([7, 24]);
  });

  test('finds instructions by their number in the whole file for the classic builder', () => {
    const text = 'ARG V=1\nFROM a:$V\nENV A=1\nRUN make\nRUN make\n';
    expect(lineOf(text, '[3/5] ENV A=1')).toBe('ENV A=1');
    expect(instructionOfStep(document('', text), '[5/5] RUN make')?.span.start).toBe(35);
    expect(lineOf(text, '[4/5] RUN other')).toBeUndefined();
  });

  test('finds triggers of a stage in this file, with and without their own numbers', () => {
    const text = 'FROM a AS base\nONBUILD RUN make\nFROM base AS final\nCOPY x /x\n';
    expect(lineOf(text, '[final 1/2] ONBUILD RUN make')).toBe('RUN make');
    expect(lineOf(text, '[final 1/1] RUN make')).toBe('RUN make');
    expect(lineOf(text, '[final 2/2] COPY x /x')).toBe('COPY x /x');
    expect(lineOf(text, '[final 2/1] COPY x /x')).toBe('COPY x /x');
    expect(lineOf('FROM a AS final\nRUN b\n', '[final 2/3] ONBUILD RUN make')).toBeUndefined();
  });

  test('finds heredocs by their first line', () => {
    const text = 'FROM a\nRUN <<EOF\nset -e\nmake\nEOF\nCOPY <<A <<B /c/\na\nA\nb\nB\n';
    expect(lineOf(text, '[2/3] RUN <<EOF (set -e...)')).toBe('RUN <<EOF');
    expect(lineOf(text, '[3/3] COPY <<A <<B /c/')).toBe('COPY <<A <<B /c/');
  });
});

describe('buildSteps', () => {
  const shown = (options: BuildOptions): readonly string[] =>
    buildSteps(document('', stages), options).map(
      ({ stageName, number, total, instruction, line }) =>
        `${String(line + 1)}: [${stageName} ${String(number)}/${String(total)}] ${instruction.kind}`,
    );

  test('numbers the steps of the stages that the target needs', () => {
    expect(shown({ target: 'build' })).toEqual([
      '3: [build 1/5] FROM',
      '4: [build 2/5] WORKDIR',
      '6: [build 3/5] RUN',
      '7: [build 4/5] RUN',
      '10: [build 5/5] COPY',
    ]);
    expect(shown({})).toHaveLength(10);
    expect(shown({ target: 'nothing' })).toEqual([]);
  });

  test('counts the base image that an argument names', () => {
    expect(shown({ target: '1' }).slice(-2)).toEqual([
      '13: [stage-1 1/2] RUN',
      '14: [stage-1 2/2] ADD',
    ]);
    expect(shown({ target: '1', buildArgs: { BASE: 'debian' } })).toEqual([
      '12: [stage-1 1/3] FROM',
      '13: [stage-1 2/3] RUN',
      '14: [stage-1 3/3] ADD',
    ]);
  });
});

describe.each(recordedVersions)('steps that engine %s reported', (version) => {
  const recorded = recordedBuilds(version);

  test('have an instruction, and no instruction has two of them', () => {
    for (const { name, dockerfile: text } of failingBuilds()) {
      const source = document('', text);
      const steps = recorded[name]?.steps.filter((one) => /^\[[^\]]*\d+\/\d+\]/.test(one)) ?? [];
      const found = steps.map((step) => instructionOfStep(source, step));
      expect(found, name).not.toContain(undefined);
      // A download has a step of its own with the same name.
      expect(new Set(found).size, name).toBe(new Set(steps).size);
    }
  });
});
