/**
 * Builds that fail, on both engines: the failure is placed on the exact word or command. With DRYDOCK_RECORD set, what the
 * engines report is written to `failed-builds/recorded`, which the unit tests read.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { BuildEvent, BuildFailure } from '../../contract/build.ts';
import { StepLog } from '../../client/src/build/view/step-log.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { document } from '../../server/src/model/document.ts';
import { placeOf } from '../../server/src/outcome/failures.ts';
import { addMarks } from '../marks.ts';
import { importBaseImages } from './failed-builds/base-images.ts';
import { failingBuilds, writeContext, type FailingBuild } from './failed-builds/cases.ts';
import { failedBuild, writeRecorded, type Recorded } from './failed-builds/recorded.ts';
import { startEngines } from './two-engines.ts';

const engines = await startEngines();
await Promise.all(engines.map(({ docker }) => importBaseImages(docker)));
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

interface Failed {
  readonly failure: BuildFailure;
  /** The output of the failed step. */
  readonly log: string;
  readonly steps: readonly string[];
}

/** Undefined if the build succeeds. */
async function buildCase(engine: Engine, build: FailingBuild): Promise<Failed | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-failing-'));
  const events: BuildEvent[] = [];
  try {
    writeContext(folder, build);
    const request = {
      context: { kind: 'directory', path: folder },
      dockerfile: path.join(folder, 'Dockerfile'),
      tags: [],
      ...(build.target !== undefined && { target: build.target }),
    } as const;
    for await (const event of engine.build(request, new AbortController().signal))
      events.push(event);
    return undefined;
  } catch (error) {
    return failedOf(events, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Throws the error again if no event says why the build failed. */
function failedOf(events: readonly BuildEvent[], error: unknown): Failed {
  const failure = events.find((event) => event.kind === 'failed')?.failure;
  if (failure === undefined) throw error;
  const steps = events.filter((event) => event.kind === 'step');
  const log = new StepLog();
  for (const event of events)
    if (event.kind === 'log' && event.id === failure.step?.id) log.append(event.text, event.stream);
  return {
    failure,
    log: log.text(() => ''),
    steps: [...new Set(steps.map(({ name }) => name))],
  };
}

function recordOf({ failure, log, steps }: Failed): Recorded {
  const { message, exitCode, step, sources } = failure;
  return {
    message: withoutMachine(message),
    ...(exitCode !== undefined && { exitCode }),
    ...(step && { step: step.name }),
    ...(sources.length > 0 && { lines: sources.map(({ lines }) => lines) }),
    ...(log !== '' && { log: withoutMachine(log) }),
    steps,
  };
}

/** Without directories and addresses of the machine. */
function withoutMachine(text: string): string {
  return text
    .replace(/\/tmp\/drydock-engine-\w+\/data/g, '/var/lib/docker')
    .replace(/(lookup \S+ on )\S+?:53/g, '$1192.0.2.1:53')
    .replace(/(udp )\S+?:53/g, '$1192.0.2.1:53');
}

function sortedByName<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  const names = Object.keys(record).sort();
  return Object.fromEntries(names.map((name) => [name, record[name] as T]));
}

const isComplete = process.env.DRYDOCK_BUILDS === 'all' || process.env.DRYDOCK_RECORD !== undefined;

/** Each build takes a second or more, so that only some are built unless `DRYDOCK_BUILDS=all` is set. */
function chosenBuilds(): readonly FailingBuild[] {
  const builds = failingBuilds();
  return isComplete ? builds : builds.filter((_, i) => i % 6 === 0);
}

describe.each(engines)('engine $version', ({ engine, version }) => {
  test('places each failure on the word or command that failed', async () => {
    const wrong: string[] = [];
    const recorded: Record<string, Recorded> = {};
    const cases = chosenBuilds().filter(({ only }) => only === undefined || only === version);
    const check = async (build: FailingBuild): Promise<void> => {
      const failed = await buildCase(engine, build);
      if (failed === undefined) {
        wrong.push(`${build.name}: the build succeeds`);
        return;
      }
      recorded[build.name] = recordOf(failed);
      const source = document('Dockerfile', build.dockerfile);
      const place = placeOf(source, failedBuild(build, failed.failure, failed.log));
      const actual = place && addMarks(build.dockerfile, [place]);
      if (actual === addMarks(build.dockerfile, [build.expected])) return;
      wrong.push(
        `${build.name}\n${actual ?? 'nowhere'}\n${failed.failure.message}\n${failed.log.slice(-500)}`,
      );
    };
    // Most of the time is spent with waiting.
    const left = [...cases];
    const work = async (): Promise<void> => {
      for (let build = left.shift(); build; build = left.shift()) await check(build);
    };
    await Promise.all([work(), work(), work(), work(), work(), work()]);
    if (process.env.DRYDOCK_RECORD) writeRecorded(version, sortedByName(recorded));
    console.log(
      `${version}: ${String(cases.length)} failing builds, ${String(wrong.length)} not on the exact place`,
    );
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(isComplete ? 200 : 30);
  });
});
