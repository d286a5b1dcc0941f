/**
 * The builds that fail, through `drydock build` on both engines: the reports name the exact word or command, as the client does.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { region, type Region } from '../../server/src/cli/report.ts';
import { document } from '../../server/src/model/document.ts';
import { placeOf, type FailurePlace } from '../../server/src/outcome/failures.ts';
import { annotationsIn, reportOf, runBuild, type JsonReport, type Ran } from './build-program.ts';
import { importBaseImages } from './failed-builds/base-images.ts';
import { failingBuilds, writeContext, type FailingBuild } from './failed-builds/cases.ts';
import { recordedBuilds, recordedFailure } from './failed-builds/recorded.ts';
import { startEngines } from './two-engines.ts';

const engines = await startEngines();
await Promise.all(engines.map(({ docker }) => importBaseImages(docker)));
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

const { DRYDOCK_BUILDS: chosen } = process.env;
const isComplete = chosen === 'all';
/** Milliseconds for a build in both formats on a busy machine. */
const mostTime = 20_000;

/** Each build takes a second or more: all of them only with `DRYDOCK_BUILDS=all`; another value is a part of their names. */
function chosenBuilds(version: string): readonly FailingBuild[] {
  // By default, others than those that the client builds.
  const builds = failingBuilds().filter(
    ({ name }, i) => isComplete || (chosen === undefined ? i % 12 === 5 : name.includes(chosen)),
  );
  return builds.filter(({ only }) => only === undefined || only === version);
}

describe.each(engines)('engine $version', ({ version, host }) => {
  const recorded = recordedBuilds(version);

  /** What the client reports of this build. */
  function clientPlace(build: FailingBuild): FailurePlace | undefined {
    const found = recorded[build.name];
    if (found === undefined) throw new Error(`not recorded: ${build.name}`);
    return placeOf(document('Dockerfile', build.dockerfile), recordedFailure(build, found));
  }

  async function inContext<T>(
    build: FailingBuild,
    use: (ran: (format: string) => Promise<Ran>) => Promise<T>,
  ): Promise<T> {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-failing-command-'));
    try {
      writeContext(folder, build);
      const target = build.target === undefined ? [] : ['--target', build.target];
      return await use((format) =>
        runBuild(folder, ['--format', format, ...target, '.'], { env: { DOCKER_HOST: host } }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** What is wrong in the reports of a build. */
  async function problemsOf(build: FailingBuild): Promise<readonly string[]> {
    const place = clientPlace(build);
    const isCut = (recorded[build.name]?.log ?? '').length >= longestRecorded;
    const expected = region(document('Dockerfile', build.dockerfile).lines, build.expected);
    return inContext(build, async (ran) => {
      const asJson = await ran('json');
      const report = reportOf(asJson);
      const asCommands = await ran('github');
      return [
        ...(asJson.code === 1 ? [] : [`exit code ${String(asJson.code)}`]),
        ...reportProblems(report, { build, place, expected, isCut }),
        ...(asCommands.code === 1 ? [] : [`exit code ${String(asCommands.code)} with github`]),
        ...annotationProblems(asCommands, { report, expected }),
      ].map((problem) => `${build.name}: ${problem}`);
    });
  }

  const cases = chosenBuilds(version);
  const timeout = 60_000 + cases.length * mostTime;

  test('reports each failure on the word or command that failed', { timeout }, async () => {
    const problems: string[] = [];
    const left = [...cases];
    const work = async (): Promise<void> => {
      for (let build = left.shift(); build; build = left.shift())
        problems.push(...(await problemsOf(build)));
    };
    await Promise.all([work(), work(), work()]);
    console.log(
      `${version}: ${String(cases.length)} failing builds through the program, ${String(problems.length)} problems`,
    );
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(isComplete ? 200 : chosen === undefined ? 15 : 0);
  });
});

interface Expected {
  readonly build: FailingBuild;
  /** As the client reports it. */
  readonly place: FailurePlace | undefined;
  readonly expected: Region;
  /** Whether the recording has only the end of the output, so that the client has no more than the place. */
  readonly isCut: boolean;
}

/** Longer outputs are cut when they are recorded. */
const longestRecorded = 3000;

function reportProblems(
  report: JsonReport,
  { build, place, expected, isCut }: Expected,
): readonly string[] {
  const { version, image, steps, error } = report;
  if (error === null) return ['no error'];
  const { line, column, endLine, endColumn, exitCode, message, log, related } = error;
  const lineCount = build.dockerfile.split('\n').length;
  return [
    ...different('version and image', [version, image], [1, null]),
    ...different('place', { line, column, endLine, endColumn }, expected).map(
      (problem) => `${problem} for ${JSON.stringify(log)}`,
    ),
    ...different('exit code', exitCode, place?.exitCode ?? null),
    ...(isCut
      ? []
      : different('message', withoutAddresses(message), withoutAddresses(place?.message ?? ''))),
    ...different(
      'related',
      related,
      place?.related.map((one) => ({ ...one, line: one.line + 1 })),
    ),
    ...different('has a log', log.length > 0, (place?.lastLines ?? []).length > 0),
    ...steps
      .filter((step) => step.line !== null && !isInside(step.line, step.endLine, lineCount))
      .map(({ name }) => `place of the step ${name}`),
    ...(steps.some(({ state }) => state === 'running') ? ['a step that has not ended'] : []),
  ];
}

/** The annotation has the place and the message of the JSON report, and is the only command in the output. */
function annotationProblems(
  { out, err }: Ran,
  { report, expected }: { readonly report: JsonReport; readonly expected: Region },
): readonly string[] {
  const { error } = report;
  const annotations = annotationsIn(out + err);
  const [first, ...others] = annotations;
  if (first === undefined || error === null) return ['no annotation'];
  const { line, column, endLine, endColumn } = expected;
  const values = {
    file: 'Dockerfile',
    line,
    endLine,
    col: column,
    endColumn,
    title: 'Build failed',
  };
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)]);
  const start = withoutAddresses(first.message).startsWith(withoutAddresses(error.message));
  return [
    ...different('command', first.command, 'error'),
    ...different('annotation', first.properties, Object.fromEntries(texts)),
    ...(start ? [] : [`message of the annotation: ${first.message}`]),
    ...different(
      'other annotations',
      others.map((one) => [one.command, one.properties.file, Number(one.properties.line)]),
      error.related.map((one) => ['notice', one.path, one.line]),
    ),
  ];
}

function isInside(line: number, endLine: number | null, count: number): boolean {
  return line >= 1 && endLine !== null && endLine >= line && endLine <= count;
}

/** Directories and addresses differ between machines, digests and times between builds. */
function withoutAddresses(text: string): string {
  return text
    .replace(/\/tmp\/drydock-engine-\w+\/data|\/var\/lib\/docker/g, 'DATA')
    .replace(/\S+:53\b/g, 'DNS')
    .replace(/ref [0-9a-z:]+/g, 'ref');
}

function different(what: string, actual: unknown, expected: unknown): readonly string[] {
  const [one, two] = [JSON.stringify(actual), JSON.stringify(expected)];
  return one === two ? [] : [`${what}: ${one}, expected ${two}`];
}
