import { describe, expect, test } from 'vitest';
import type { BuildEvent } from '../../../../contract/build.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import { groupSteps, type Groups } from './groups.ts';
import { noPlan, type Plan } from './plan.ts';
import { BuildSteps } from './steps.ts';

async function planOf(text: string, target?: string): Promise<Plan> {
  const request = {
    context: { kind: 'directory', path: '/none' },
    dockerfile: '/none/Dockerfile',
    tags: [],
    ...(target !== undefined && { target }),
  } as const;
  return (await readDockerfile(text, request)).plan;
}

function step(
  name: string,
  state: 'running' | 'done' | 'cached' | 'failed' | 'canceled',
  more: object = {},
): BuildEvent {
  return { kind: 'step', id: name, name, state, ...more };
}

function grouped(
  plan: Plan,
  events: readonly BuildEvent[],
  outcome: { readonly ended?: boolean; readonly succeeded?: boolean } = {},
): Groups {
  const build = new BuildSteps();
  for (const event of events) build.apply(event, 1000);
  const { ended = false, succeeded = false } = outcome;
  return groupSteps(build, { plan, ended, succeeded, isOpen: () => false });
}

/** One line per group and row. */
function lines({ groups, rows }: Groups): readonly string[] {
  return groups.flatMap(({ title, total, rows: ids }) => [
    `${title} [${total}]`,
    ...ids.map((id) => {
      const { line, keyword, text, state, what, time } = rows.find((row) => row.id === id)!;
      return [line, keyword, text, `(${state})`, what, time].filter((one) => one).join(' ');
    }),
  ]);
}

const text = `FROM base:1 AS build
WORKDIR /src
COPY . .
RUN make \\
    all

FROM base:1 AS unused
RUN true

FROM base:1
ENV A=b
COPY --from=build /src/a /a
`;

test('groups steps by stage in the order of the file, and leaves out stages that the target does not need', async () => {
  const groups = grouped(await planOf(text), [
    step('[internal] load build definition from Dockerfile', 'done', { duration: 100 }),
    {
      kind: 'progress',
      id: '[internal] load build definition from Dockerfile',
      item: 't',
      action: 't',
      current: 2100,
      done: true,
    },
    step('[internal] load metadata for docker.io/library/base:1', 'done', { duration: 900 }),
    step('[stage-2 1/2] FROM docker.io/library/base:1@sha256:abc', 'done', { duration: 0 }),
    step('[internal] load build context', 'running'),
    { kind: 'sent', bytes: 41_000, files: 3 },
    step('[build 3/4] COPY . .', 'cached'),
    step('[build 2/4] WORKDIR /src', 'cached'),
  ]);
  expect(lines(groups)).toEqual([
    'Preparation []',
    'Load build definition (done) 2.1 kB 0.1 s',
    'Load metadata of base:1 (done) 0.9 s',
    'Transfer build context (running) 41 kB · 3 files',
    'build [0.0 s]',
    '1 FROM base:1 AS build (done) 0.0 s',
    '2 WORKDIR /src (cached) cached',
    '3 COPY . . (cached) cached',
    '4 RUN make all (waiting)',
    'Stage 3 [0.0 s]',
    '10 FROM base:1 (done) 0.0 s',
    '12 COPY --from=build /src/a /a (waiting)',
  ]);
  expect(groups.counts).toEqual({ ended: 4, cached: 2, all: 6 });
});

test.each([
  ['running', { bytes: 12_400_000, offered: { bytes: 18_100_000, files: 214 }, requested: 18_100_000 }, '12 MB of 18 MB · 214 files'], // prettier-ignore
  ['done', { bytes: 41_000, offered: { bytes: 12_400_000, files: 214 }, requested: 10_000 }, '41 kB sent, 12 MB unchanged'], // prettier-ignore
  ['done', { bytes: 13_000, offered: { bytes: 12_400, files: 1 }, requested: 12_400 }, '13 kB · 1 file'], // prettier-ignore
] as const)(
  'shows how much of the context is sent when the step is %s',
  async (state, sent, text) => {
    const groups = grouped(await planOf(text), [
      step('[internal] load build context', state, { duration: 100 }),
      { kind: 'sent', files: 3, ...sent },
    ]);
    expect(groups.rows.map(({ what }) => what)).toContain(text);
  },
);

test.each([
  [
    [
      ['2', 5],
      ['3', 1_100_000],
      ['4', 2_400_000],
    ],
    '0.3 s · 3.5 MB, not in the image',
  ],
  [
    [
      ['2', 5],
      ['3', 1_100_000],
    ],
    '0.3 s',
  ],
] as const)(
  'shows the size of a stage outside the image if all of it is known: %j',
  async (known, total) => {
    const plan = await planOf(text);
    const steps = new Map(known.map(([line, bytes]) => [Number(line), bytes]));
    const names = ['[build 2/4] WORKDIR /src', '[build 3/4] COPY . .', '[build 4/4] RUN make all'];
    const build = new BuildSteps();
    for (const name of names) build.apply(step(name, 'done', { duration: 100 }), 0);
    const { groups } = groupSteps(build, {
      plan,
      ended: true,
      succeeded: true,
      outsideOf: ({ line }) => steps.get(line),
      isOpen: () => false,
    });
    expect(groups.find(({ title }) => title === 'build')?.total).toBe(total);
  },
);

test('shows the stages of another target', async () => {
  const groups = grouped(await planOf(text, 'unused'), []);
  expect(lines(groups)).toEqual([
    'unused []',
    '7 FROM base:1 AS unused (waiting)',
    '8 RUN true (waiting)',
  ]);
});

test('shows what has not started when the build has failed', async () => {
  const groups = grouped(
    await planOf(text),
    [
      step('[build 1/4] FROM docker.io/library/base:1', 'cached'),
      step('[build 2/4] WORKDIR /src', 'cached'),
      step('[build 3/4] COPY . .', 'canceled', { duration: 50 }),
      step('[build 4/4] RUN make     all', 'failed', {
        duration: 300,
        error: 'x did not complete successfully: exit code: 2',
      }),
    ],
    { ended: true },
  );
  expect(lines(groups).slice(3)).toEqual([
    '3 COPY . . (canceled) cancelled 0.1 s',
    '4 RUN make all (failed) exit code 2 0.3 s',
    'Stage 3 [not started]',
    '10 FROM base:1 (cached) cached',
    '12 COPY --from=build /src/a /a (canceled) not started',
  ]);
});

test('shows layers that are downloaded', async () => {
  const id = '[build 1/4] FROM docker.io/library/base:1';
  const layer = (item: string, current: number, done: boolean): BuildEvent => ({
    kind: 'progress',
    id,
    item,
    action: 'downloading',
    current,
    total: 40_000_000,
    done,
  });
  const groups = grouped(await planOf(text), [
    step(id, 'running'),
    layer('sha256:1', 40_000_000, true),
    layer('sha256:2', 21_000_000, false),
  ]);
  expect(lines(groups)[1]).toBe('1 FROM base:1 AS build (running) 1 of 2 layers · 61 MB of 80 MB');
});

test('groups steps by their names if the Dockerfile cannot be read', () => {
  const groups = grouped(noPlan, [
    step('[build 1/2] FROM docker.io/library/base:1', 'done', { duration: 10 }),
    step('[linux/arm64 final 2/2] RUN  x\ty', 'running'),
    step('exporting to image', 'running'),
  ]);
  expect(lines(groups)).toEqual([
    'build [0.0 s]',
    'FROM docker.io/library/base:1 (done) 0.0 s',
    'final []',
    'linux/arm64: RUN x y (running)',
    'Export image (running)',
  ]);
});

test('shows a step for each platform', async () => {
  const groups = grouped(await planOf('FROM base:1\nRUN x\n'), [
    step('[linux/amd64 2/2] RUN x', 'done', { duration: 10 }),
    step('[linux/arm64 2/2] RUN x', 'running'),
  ]);
  expect(lines(groups)).toEqual([
    'Stage 1 []',
    '1 FROM base:1 (waiting)',
    '2 linux/amd64: RUN x (done) 0.0 s',
    '2 linux/arm64: RUN x (running)',
  ]);
});

test('removes control sequences from names', () => {
  const groups = grouped(noPlan, [step('[1/1] RUN \x1b]0;x\x07\x1b[2J', 'running')]);
  expect(groups.rows[0]?.text).toBe('');
  expect(groups.rows[0]?.keyword).toBe('RUN');
});

describe('memory', () => {
  test('is bounded, however many steps, parts and warnings there are', () => {
    const build = new BuildSteps();
    build.apply(step('a', 'running'), 0);
    for (let index = 0; index < 10_000; index++) {
      build.apply(step(`step ${index}`, 'running'), 0);
      build.apply({ kind: 'warning', text: `${index}` }, 0);
      build.apply(
        {
          kind: 'progress',
          id: 'a',
          item: `${index}`,
          action: 'x',
          current: 1,
          total: 2,
          done: false,
        },
        0,
      );
    }
    expect(build.steps).toHaveLength(2000);
    expect(build.warnings).toHaveLength(100);
    expect(build.step('a')?.parts.size).toBe(200);
  });
});

test('counts the last state of a step that is reported as completed twice', () => {
  const build = new BuildSteps();
  build.apply(step('a', 'done', { duration: 0 }), 10);
  build.apply(step('a', 'running'), 20);
  expect(build.step('a')).toMatchObject({ state: 'running' });
  expect(build.step('a')?.duration).toBeUndefined();
  build.apply(step('a', 'done', { duration: 700 }), 800);
  expect(build.step('a')).toMatchObject({ state: 'done', duration: 700 });
});

test('shows a step that several equal stages share in each of them', async () => {
  const equal = `FROM base:1 AS one
WORKDIR /src
RUN make
RUN one
FROM base:1 AS two
WORKDIR /src
RUN make
RUN two
FROM base:1 AS three
ENV A=b
RUN make
FROM scratch
COPY --from=one / /
COPY --from=two / /
COPY --from=three / /
`;
  const events = [
    step('[two 1/4] FROM docker.io/library/base:1', 'done', { duration: 0 }),
    step('[two 2/4] WORKDIR /src', 'done', { duration: 100 }),
    step('[two 3/4] RUN make', 'done', { duration: 2000 }),
    step('[one 4/4] RUN one', 'done', { duration: 300 }),
    step('[two 4/4] RUN two', 'done', { duration: 400 }),
  ];
  const plan = await planOf(equal);
  const running = lines(grouped(plan, events));
  expect(running).toContain('3 RUN make (done) same step as line 7 2.0 s');
  // Its stage is not equal.
  expect(running).toContain('11 RUN make (waiting)');
  const done = lines(grouped(plan, events, { ended: true, succeeded: true }));
  expect(done).toContain('2 WORKDIR /src (done) same step as line 6 0.1 s');
  expect(done.some((line) => line.startsWith('11 '))).toBe(false);
});
