/** Builds of the fake engine: each instruction is a step, and RUN runs in the fake shell. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import { FakeFiles } from './files.ts';
import { fakeExec } from './shell.ts';
import type { FakeState } from './state.ts';

export async function* fakeBuild(
  state: FakeState,
  request: BuildRequest,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, void, undefined> {
  state.check();
  const text = await readFile(request.dockerfile, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new EngineError(
      'failed',
      `failed to read dockerfile: open ${basename(request.dockerfile)}: no such file or directory`,
    );
  }
  const lines = text.split('\n').filter((line) => /^[A-Z]+ /.test(line));
  for (const [index, line] of lines.entries()) {
    if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
    yield* step(`[${index + 1}/${lines.length}] ${line}`, line, signal);
  }
  const { id } = state.addImage(request.tags);
  if (request.tags.length > 0) state.emit('image', 'tag', id);
  yield { kind: 'image', id };
}

async function* step(
  name: string,
  line: string,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, void, undefined> {
  const id = `sha256:${name}`;
  yield { kind: 'step', id, name, state: 'running' };
  if (!line.startsWith('RUN ')) {
    yield { kind: 'step', id, name, state: 'done', duration: 1 };
    return;
  }
  const script = line.slice('RUN '.length);
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
    yield { kind: 'log', id, text: new TextDecoder().decode(chunk) };
  }
  signal.removeEventListener('abort', stop);
  if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
  const code = await run.exit;
  if (code === 0) {
    yield { kind: 'step', id, name, state: 'done', duration: 1 };
    return;
  }
  const error = `process "/bin/sh -c ${script}" did not complete successfully: exit code: ${code}`;
  yield { kind: 'step', id, name, state: 'failed', duration: 1, error };
  throw new EngineError('failed', error);
}
