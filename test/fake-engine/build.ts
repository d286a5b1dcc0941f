/** Builds of the fake engine: its events are those of BuildKit, and RUN runs in the fake shell. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BuildEvent, BuildFailure, BuildRequest } from '../../contract/build.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import { FakeFiles } from './files.ts';
import { fakeExec } from './shell.ts';
import type { FakeState } from './state.ts';

type Events = AsyncGenerator<BuildEvent, void, undefined>;

interface FakeStep {
  readonly name: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

export async function* fakeBuild(
  state: FakeState,
  request: BuildRequest,
  signal: AbortSignal,
): Events {
  state.check();
  const text = await textOf(request);
  const file = basename(request.dockerfile);
  yield* internal(`[internal] load build definition from ${file}`, text.length);
  const steps = stepsOf(text, request.target);
  const sent: BuildEvent = { kind: 'sent', bytes: 1234, files: 2 };
  if (steps.some((step) => /^(?:COPY|ADD)\b/.test(step.text)))
    yield* internal('[internal] load build context', sent.bytes, sent);
  const ids: string[] = [];
  for (const step of steps) {
    if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
    yield* runStep(step, { text, file, inputs: ids.slice(-1), signal });
    ids.push(idOf(step.name));
  }
  yield* internal('exporting to image', 0);
  const { id } = state.addImage(request.tags);
  if (request.tags.length > 0) state.emit('image', 'tag', id);
  yield { kind: 'image', id };
}

async function textOf({ dockerfile, dockerfileText }: BuildRequest): Promise<string> {
  if (dockerfileText !== undefined) return new TextDecoder().decode(dockerfileText);
  const text = await readFile(dockerfile, 'utf8').catch(() => undefined);
  if (text !== undefined) return text;
  throw new EngineError(
    'failed',
    `failed to read dockerfile: open ${basename(dockerfile)}: no such file or directory`,
  );
}

/** The steps up to the target, named as BuildKit does: stages that other stages are built from have no step for FROM. */
function stepsOf(text: string, target: string | undefined): readonly FakeStep[] {
  const lines = text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
  const stages: { readonly name: string; readonly steps: Omit<FakeStep, 'name'>[] }[] = [];
  for (const one of lines) {
    const from = /^FROM (\S+)(?: AS (\S+))?/i.exec(one.text);
    if (from !== null) {
      const isStage = stages.some(({ name }) => name === from[1]) || from[1] === 'scratch';
      const name = from[2] ?? `stage-${String(stages.length)}`;
      stages.push({ name, steps: isStage ? [] : [one] });
    } else if (/^(?:RUN|COPY|ADD|WORKDIR) /.test(one.text)) stages.at(-1)?.steps.push(one);
  }
  const last = stages.findIndex(({ name }) => name === target);
  return stages.slice(0, last < 0 ? undefined : last + 1).flatMap(({ name, steps }) =>
    steps.map((step, index) => {
      const stage = stages.length > 1 ? `${name} ` : '';
      return { ...step, name: `[${stage}${index + 1}/${steps.length}] ${step.text}` };
    }),
  );
}

function idOf(name: string): string {
  return `sha256:${name}`;
}

function* internal(name: string, bytes: number, also?: BuildEvent): Generator<BuildEvent> {
  const id = idOf(name);
  yield { kind: 'step', id, name, state: 'running', inputs: [] };
  if (bytes > 0)
    yield {
      kind: 'progress',
      id,
      item: 'transferring',
      action: 'transferring',
      current: bytes,
      done: true,
    };
  if (also !== undefined) yield also;
  yield { kind: 'step', id, name, state: 'done', duration: 100, inputs: [] };
}

interface StepOptions {
  readonly text: string;
  readonly file: string;
  readonly inputs: readonly string[];
  readonly signal: AbortSignal;
}

async function* runStep(step: FakeStep, options: StepOptions): Events {
  const { name, text, line } = step;
  const { inputs, signal } = options;
  const common = { kind: 'step', id: idOf(name), name, inputs } as const;
  yield { ...common, state: 'running' };
  if (text.startsWith('FROM ')) {
    yield* download(common.id);
    yield { ...common, state: 'done', duration: 1000 };
    return;
  }
  if (!text.startsWith('RUN ')) {
    yield { ...common, state: 'cached', duration: 0 };
    return;
  }
  const script = text.slice('RUN '.length);
  const code = yield* output(common.id, script, signal);
  if (code === 0) {
    yield { ...common, state: 'done', duration: 1 };
    return;
  }
  const message = `process "/bin/sh -c ${script}" did not complete successfully: exit code: ${code}`;
  yield { ...common, state: 'failed', duration: 1, error: message };
  const failure: BuildFailure = {
    message,
    exitCode: code,
    step: { id: common.id, name },
    sources: [{ file: options.file, text: options.text, lines: [{ start: line, end: line }] }],
  };
  yield { kind: 'failed', failure };
  throw new EngineError('failed', message);
}

/** Two layers, one after the other. */
function* download(id: string): Generator<BuildEvent> {
  for (const [item, total] of [
    ['sha256:aaaaaaaaaaaa01', 2_000_000],
    ['sha256:bbbbbbbbbbbb02', 500_000],
  ] as const) {
    yield {
      kind: 'progress',
      id,
      item,
      action: 'downloading',
      current: total / 2,
      total,
      done: false,
    };
    yield { kind: 'progress', id, item, action: 'done', current: total, total, done: true };
  }
}

/** Returns the exit code. */
async function* output(
  id: string,
  script: string,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, number, undefined> {
  const run = fakeExec(['sh', '-c', script], {
    files: new FakeFiles(),
    user: 'root',
    workdir: '/',
    env: [],
    tty: false,
    programs: ['sh'],
  });
  const stop = () => run.close();
  signal.addEventListener('abort', stop, { once: true });
  for await (const chunk of run.output) {
    yield { kind: 'log', id, text: new TextDecoder().decode(chunk), stream: 'stdout' };
  }
  signal.removeEventListener('abort', stop);
  if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
  return run.exit;
}
