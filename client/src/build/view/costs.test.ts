import { expect, test } from 'vitest';
import type { BuildEvent } from '../../../../contract/build.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import { BuildRun } from './build-run.ts';
import { costMarks, stepCosts } from './costs.ts';
import { addPastBuild, readPastBuilds, type PastBuild } from '../../ui/past-builds.ts';
import { sizeChange, timeChange } from './results.ts';

const text =
  'FROM base AS tools\nRUN a\n\nFROM base\nCOPY --from=tools /a /a\nRUN b\nRUN b\nCMD ["c"]\n';
const request = {
  context: { kind: 'directory', path: '/none' },
  dockerfile: '/none/Dockerfile',
  tags: ['shop:dev'],
} as const;

const history = [
  { createdBy: 'CMD ["c"]', size: 0 },
  { createdBy: 'RUN /bin/sh -c b # buildkit', size: 2_400_000 },
  { createdBy: 'RUN /bin/sh -c b # buildkit', size: 100_000_000 },
  { createdBy: 'COPY /a /a # buildkit', size: 1000 },
  { createdBy: '/bin/sh -c #(nop) ADD base', size: 5 },
];

async function built(...times: readonly (number | undefined)[]): Promise<BuildRun> {
  const run = new BuildRun({ title: 'shop:dev', request }, text);
  run.dockerfile = await readDockerfile(text, request);
  run.state = 'done';
  const names = [
    '[tools 2/2] RUN a',
    '[stage-1 2/4] COPY --from=tools /a /a',
    '[stage-1 3/4] RUN b',
    '[stage-1 4/4] RUN b',
  ];
  for (const [index, name] of names.entries()) {
    const duration = times[index];
    const event: BuildEvent =
      duration === undefined
        ? { kind: 'step', id: name, name, state: 'cached' }
        : { kind: 'step', id: name, name, state: 'done', duration };
    run.steps.apply(event, 0);
  }
  return run;
}

/** The marks as `line: text change`. */
function shown(run: BuildRun, before?: PastBuild): readonly string[] {
  const marks = costMarks(run, stepCosts(run, history, before), 312_000_000);
  return marks!.instructions.map(({ instruction, text: cost, change }) => {
    const line = text.slice(0, instruction.start).split('\n').length;
    const arrow = change === undefined ? '' : change.isBetter ? ' ↓' : ' ↑';
    return `${line}: ${cost}${change === undefined ? '' : ` ${change.text}`}${arrow}`;
  });
}

function recorded(run: BuildRun): PastBuild {
  const steps = [...stepCosts(run, history, undefined).values()].map(
    ({ key, step, bytes, ms }) => ({
      key,
      line: step.line,
      ...(bytes !== undefined && { bytes }),
      ...(ms !== undefined && { ms }),
    }),
  );
  return { at: 0, ms: 1, steps };
}

test('shows the size of the layer, and the time or that it was cached', async () => {
  expect(shown(await built(25_400, undefined, 100, 13_300))).toEqual([
    '2: 25.4 s',
    '5: 1 kB · cached',
    '6: 100 MB · 0.1 s',
    '7: 2.4 MB · 13.3 s',
  ]);
});

test('shows how time and size differ from the build before', async () => {
  const before = recorded(await built(16_300, 100, 100, 13_200));
  const smaller = before.steps.map((step) =>
    step.line === 7 ? { ...step, bytes: 20_400_000 } : step,
  );
  expect(
    shown(await built(25_400, undefined, undefined, 13_300), { ...before, steps: smaller }),
  ).toEqual([
    '2: 25.4 s +9.1 s ↑',
    '5: 1 kB · cached',
    '6: 100 MB · cached',
    '7: 2.4 MB · 13.3 s −18 MB ↓',
  ]);
});

test('sums up stages, and says which are not in the image', async () => {
  const run = await built(25_400, undefined, 100, 13_300);
  const { stages } = costMarks(run, stepCosts(run, history, undefined), 312_000_000)!;
  expect(stages.map((one) => one.text)).toEqual([
    '25.4 s, not in the image',
    expect.stringMatching(/^102 MB, 13\.4 s \| image 312 MB \| built at .* in /),
  ]);
});

test('shows the times of a build that failed, and where it failed', async () => {
  const run = await built(25_400, 100, 200);
  const start = text.lastIndexOf('RUN b');
  const instruction = { start, end: start + 5 };
  run.state = 'failed';
  run.place = {
    ...instruction,
    instruction,
    kind: 'exit',
    message: 'x',
    exitCode: 7,
    lastLines: [],
    related: [],
    fixes: [],
  };
  const { instructions, stages } = costMarks(run, stepCosts(run, [], undefined), undefined)!;
  expect(instructions.map((one) => one.text)).toEqual(['25.4 s', '0.1 s', '0.2 s', 'cached', '']);
  expect(instructions.at(-1)?.change?.text).toBe('failed, exit code 7');
  expect(stages.map((one) => one.text)).toEqual(['25.4 s', '0.3 s']);
});

test('keeps no text of instructions', async () => {
  expect(JSON.stringify(recorded(await built(1)))).not.toMatch(/RUN|COPY/);
});

test('keeps the results of a bounded number of files', () => {
  let stored: string | undefined;
  for (let file = 0; file < 100; file++) {
    const steps = Array.from({ length: 1000 }, (_, line) => ({ key: 'x', line }));
    stored = addPastBuild(readPastBuilds(stored), `/file ${file}`, { at: file, ms: 1, steps });
  }
  const past = readPastBuilds(stored);
  expect(Object.keys(past)).toHaveLength(30);
  expect(past['/file 99']?.steps).toHaveLength(200);
  expect(past['/file 69']).toBeUndefined();
});

test.each([undefined, '', 'null', '[', '3'])('reads no results from %j', (stored) => {
  expect(readPastBuilds(stored)).toEqual({});
});

test('describes changes', () => {
  expect(sizeChange(312e6, 330e6)).toBe('18 MB smaller');
  expect(sizeChange(312e6, 300e6)).toBe('12 MB larger');
  expect(sizeChange(312e6, 312.1e6)).toBeUndefined();
  expect(timeChange(41_200, 53_000)).toBe('12 s faster');
  expect(timeChange(41_200, 40_000)).toBeUndefined();
  expect(timeChange(3000, 1000)).toBe('2.0 s slower');
});

test('shows the size of a stage that is not in the image, once it is known', async () => {
  const run = await built(3000, 100, 200, 300);
  const costs = stepCosts(run, history, undefined);
  const stage = (): string | undefined => costMarks(run, known, 0)?.stages[0]?.text;
  let known = costs;
  expect(stage()).toBe('3.0 s, not in the image');
  known = new Map([...costs].map(([step, cost]) => [step, step.stage === 0 ? { ...cost, outside: 148_000_000 } : cost])); // prettier-ignore
  expect(stage()).toBe('148 MB, 3.0 s, not in the image');
  const [first] = costMarks(run, known, 0)!.instructions;
  expect(first?.text).toBe('148 MB · 3.0 s');
});
