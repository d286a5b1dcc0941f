import { describe, expect, test } from 'vitest';
import type { BuildEvent, BuiltLayer } from '../../../contract/build.ts';
import { document } from '../model/document.ts';
import { dockerfile } from '../text/dedent.ts';
import { costDifferences, costsOf, type BuildCosts } from './costs.ts';

const text = dockerfile`
  FROM alpine AS build
  WORKDIR /src
  ARG MODE=fast
  RUN make \
      $MODE
  FROM build
  ENV A=1
  COPY --from=build /a /b
  RUN make test
  CMD ["sh"]
`;

/** The newest first, as an engine lists them. */
function layersOf(...entries: readonly (readonly [string, number])[]): readonly BuiltLayer[] {
  return [...entries].reverse().map(([createdBy, size]) => ({ createdBy, size }));
}

const base = [['ADD rootfs.tar / # buildkit', 8_000_000] as const, ['CMD ["/bin/sh"]', 0] as const];
const own = [
  ['WORKDIR /src', 5] as const,
  ['ARG MODE=fast', 0] as const,
  ['RUN |1 MODE=fast /bin/sh -c make     $MODE # buildkit', 1000] as const,
  ['ENV A=1', 0] as const,
  ['COPY /a /b # buildkit', 20] as const,
  ['RUN /bin/sh -c make test # buildkit', 300] as const,
  ['CMD ["sh"]', 0] as const,
];

function step(id: string, name: string, state: 'done' | 'cached', duration?: number): BuildEvent {
  return { kind: 'step', id, name, state, ...(duration !== undefined && { duration }) };
}

const events: readonly BuildEvent[] = [
  { kind: 'step', id: '1', name: '[build 3/3] RUN make     fast', state: 'running' },
  { kind: 'log', id: '1', text: 'make\n' },
  step('1', '[build 3/3] RUN make     fast', 'done', 1200),
  step('2', '[stage-1 1/2] COPY --from=build /a /b', 'done', 30),
  step('3', '[stage-1 2/2] RUN make test', 'cached'),
  step('4', '[internal] load build context', 'done', 10),
];

function shown({ instructions }: BuildCosts): readonly string[] {
  return instructions.map(
    ({ text: key, bytes, milliseconds, cached }) =>
      `${key}: ${String(bytes)} B, ${String(milliseconds)} ms${cached ? ', cached' : ''}`,
  );
}

describe('costsOf', () => {
  test('finds the layers of all instructions after those of the base image', () => {
    const costs = costsOf(document('', text), { events, layers: layersOf(...base, ...own) });
    expect(shown(costs)).toEqual([
      'WORKDIR /src: 5 B, undefined ms',
      'RUN make $MODE: 1000 B, 1200 ms',
      'COPY --from=build /a /b: 20 B, 30 ms',
      'RUN make test: 300 B, undefined ms, cached',
    ]);
    expect(costs.stages).toMatchObject([
      { name: 'build', index: 0, bytes: 1005, milliseconds: 1200, steps: 1, cached: 0 },
      { name: undefined, index: 1, bytes: 320, milliseconds: 30, steps: 2, cached: 1 },
    ]);
    const [first] = costs.instructions;
    expect(text.slice(first?.start, first?.end)).toBe('WORKDIR /src');
  });

  test('reads the history of the classic builder', () => {
    const classic = [
      ['/bin/sh -c #(nop) WORKDIR /src', 5] as const,
      ['/bin/sh -c #(nop)  ARG MODE=fast', 0] as const,
      ['|1 MODE=fast /bin/sh -c make     $MODE', 1000] as const,
      ['/bin/sh -c #(nop)  ENV A=1', 0] as const,
      ['/bin/sh -c #(nop) COPY file:0123 in /b ', 20] as const,
      ['/bin/sh -c make test', 300] as const,
      ['/bin/sh -c #(nop)  CMD ["sh"]', 0] as const,
    ];
    const costs = costsOf(document('', text), {
      events: [],
      layers: layersOf(...base, ...classic),
    });
    expect(costs.instructions.map(({ bytes }) => bytes)).toEqual([5, 1000, 20, 300]);
  });

  test('has no bytes for instructions before one that is not in the history', () => {
    const other = own.map(
      ([createdBy, size]) => [createdBy.replace('make     $MODE', 'other'), size] as const,
    );
    const costs = costsOf(document('', text), { events: [], layers: layersOf(...base, ...other) });
    expect(costs.instructions.map(({ bytes }) => bytes)).toEqual([20, 300]);
    expect(costsOf(document('', text), { events: [], layers: [] })).toEqual({
      instructions: [],
      stages: [],
    });
    expect(costsOf(document('', ''), { events, layers: layersOf(...own) }).instructions).toEqual(
      [],
    );
  });

  test('has bytes only for the target', () => {
    const layers = layersOf(...base, ...own.slice(0, 3));
    const costs = costsOf(document('', text), { events: [], layers, target: 'build' });
    expect(shown(costs)).toEqual([
      'WORKDIR /src: 5 B, undefined ms',
      'RUN make $MODE: 1000 B, undefined ms',
    ]);
  });

  test('adds the times of all platforms, and is cached only if all are', () => {
    const costs = costsOf(document('', 'FROM a\nRUN make\n'), {
      events: [
        step('1', '[linux/amd64 2/2] RUN make', 'cached'),
        step('2', '[linux/arm64 2/2] RUN make', 'done', 50),
        step('3', '[linux/arm/v7 2/2] RUN make', 'done', 70),
      ],
    });
    expect(shown(costs)).toEqual(['RUN make: undefined B, 120 ms']);
  });
});

describe('costDifferences', () => {
  test('compares instructions by their text, and equal ones in order', () => {
    const build = (
      commands: readonly string[],
      sizes: readonly number[],
      duration: number,
    ): BuildCosts =>
      costsOf(document('', `FROM a\n${commands.map((one) => `RUN ${one}\n`).join('')}`), {
        events: [step('1', '[2/4] RUN make', 'done', duration)],
        layers: layersOf(
          ...commands.map((one, i) => [`RUN /bin/sh -c ${one} # buildkit`, sizes[i] ?? 0] as const),
        ),
      });
    const before = build(['make', 'old', 'make'], [10, 20, 30], 100);
    const after = build(['make', 'new', 'make'], [15, 1, 25], 90);
    expect(costDifferences(before, after)).toEqual([
      { bytes: 5, milliseconds: -10 },
      undefined,
      { bytes: -5 },
    ]);
  });

  test('does not compare the time of cached steps', () => {
    const build = (state: 'done' | 'cached'): BuildCosts =>
      costsOf(document('', 'FROM a\nRUN make\n'), {
        events: [step('1', '[2/2] RUN make', state, 40)],
      });
    expect(costDifferences(build('done'), build('cached'))).toEqual([{}]);
  });
});
