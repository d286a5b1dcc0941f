/** What happened in a build and where in its Dockerfile, from its events, its failure and its image. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildRequest, BuiltLayer } from '../../../contract/build.ts';
import { region } from '../../../server/src/cli/report.ts';
import { document as documentOf, type Document } from '../../../server/src/model/document.ts';
import { costsOf } from '../../../server/src/outcome/costs.ts';
import { placeOf, type FailedBuild, type TextFile } from '../../../server/src/outcome/failures.ts';
import { instructionOfStep } from '../../../server/src/outcome/steps.ts';
import type { Engine } from '../engine/engine.ts';
import type { BuildRecord, RecordedStep } from './record.ts';
import type { BuildReport, ReportedError, ReportedStep } from './report.ts';

export interface EndedBuild {
  readonly record: BuildRecord;
  readonly request: BuildRequest;
  readonly engine: Engine;
  /** Why it failed; undefined if it did not. */
  readonly error: unknown;
  readonly cwd: string;
}

/** The report of a build that ended. Facts that the engine does not give are absent; it never rejects for them. */
export async function reportOf(build: EndedBuild): Promise<BuildReport> {
  const { record, request, error, cwd } = build;
  const text = request.dockerfileText && new TextDecoder().decode(request.dockerfileText);
  // Its name is in the report: the Dockerfile can be named beside the failure, too.
  const shownPath = shown(request.dockerfile, cwd);
  const document = text === undefined ? undefined : documentOf(shownPath, text);
  const failed = error === undefined ? null : await errorOf(build, document, shownPath);
  const image = failed === null ? await imageOf(build) : null;
  return {
    image: image && { id: image.id, tags: request.tags, bytes: image.bytes },
    context: { bytesSent: record.sent.bytes, filesSent: record.sent.files },
    steps: reportedSteps(build, document, image?.layers),
    error: failed,
    text,
  };
}

function shown(file: string, cwd: string): string {
  const inside = path.relative(cwd, file);
  return (inside.startsWith('..') || inside === '' ? file : inside).replaceAll('\\', '/');
}

function reportedSteps(
  { record, request }: EndedBuild,
  document: Document | undefined,
  layers: readonly BuiltLayer[] | undefined,
): readonly ReportedStep[] {
  const { steps } = record;
  const events = steps.map((step) => ({ kind: 'step', ...step }) as const);
  const costs = document && costsOf(document, { ...request, events, layers });
  const bytes = new Map(costs?.instructions.map((one) => [one.start, one.bytes] as const));
  return steps.map((step) => {
    const place = document && placeOfStep(document, step, request);
    return {
      name: step.name,
      stage: place?.stage ?? null,
      line: place?.line ?? null,
      endLine: place?.endLine ?? null,
      state: step.state,
      ms: step.duration,
      bytes: (place && bytes.get(place.start)) ?? null,
    };
  });
}

function placeOfStep(document: Document, { name }: RecordedStep, request: BuildRequest) {
  const instruction = instructionOfStep(document, name, request);
  if (instruction === undefined) return undefined;
  const { span } = instruction;
  const { line, endLine } = region(document.lines, span);
  const stage = document.model.stageOf(instruction);
  const stageName = stage && (stage.name ?? `stage-${stage.index}`);
  return { stage: stageName ?? null, line, endLine, start: span.start };
}

/** The image and its layers; null if the result is not in the engine's image store. */
async function imageOf({ record, engine }: EndedBuild) {
  const id = record.image?.id;
  if (id === undefined) return null;
  const [layers, images] = await Promise.all([
    engine.history(id).catch(() => undefined),
    engine.images().catch(() => []),
  ]);
  return { id, layers, bytes: images.find((one) => one.id === id)?.size ?? null };
}

async function errorOf(
  { record, request, error, cwd }: EndedBuild,
  document: Document | undefined,
  shownPath: string,
): Promise<ReportedError> {
  const { failure } = record;
  const reason = error instanceof Error ? error.message : String(error);
  const log = failure?.step === undefined ? [] : record.logOf(failure.step.id);
  const place =
    document &&
    failure &&
    placeOf(document, {
      failure,
      log: log.join('\n'),
      target: request.target,
      buildArgs: request.buildArgs,
      ...(await contextFacts(request, cwd)),
    });
  return {
    message: place?.message ?? reason,
    exitCode: place?.exitCode ?? failure?.exitCode ?? null,
    path: shownPath,
    place: place ? region(document.lines, place) : null,
    log: place?.lastLines ?? log.slice(-shownLines),
    related: (place?.related ?? []).map((one) => ({ ...one, line: one.line + 1 })),
  };
}

const shownLines = 10;
/** Names of the context that are compared with a name that was not found. */
const mostNames = 20_000;

/** The ignore file of the Dockerfile and that of the context, and what is in the context. */
async function contextFacts(
  { context, dockerfile }: BuildRequest,
  cwd: string,
): Promise<Pick<FailedBuild, 'ignoreFiles' | 'contextNames'>> {
  if (context.kind !== 'directory') return {};
  const files = [`${dockerfile}.dockerignore`, path.join(context.path, '.dockerignore')];
  const read = await Promise.all(
    files.map(async (file): Promise<readonly TextFile[]> => {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ path: shown(file, cwd), text }];
    }),
  );
  return { ignoreFiles: read.flat(), contextNames: await namesBelow(context.path) };
}

/** Paths with `/`, without the content of links; as many as are useful. */
async function namesBelow(root: string): Promise<readonly string[]> {
  const names: string[] = [];
  const directories = [''];
  // Directories are added while the list is read.
  for (const directory of directories) {
    if (names.length >= mostNames) break;
    const here = path.join(root, directory);
    const entries = await readdir(here, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const name = directory === '' ? entry.name : `${directory}/${entry.name}`;
      names.push(name);
      if (entry.isDirectory() && entry.name !== '.git') directories.push(name);
    }
  }
  return names.slice(0, mostNames);
}
