/** From a spec to a container that runs; where it does not come to life, nothing of it is left. */
import { t } from '@vscode/l10n';
import type { Container, Duplex, Engine } from '../engine/engine.ts';
import { EngineError, isConnectionError, isEngineError } from '../engine/errors.ts';
import { createBody } from './body.ts';
import { isNamed } from './check.ts';
import { filesOf } from './env.ts';
import { failureOf } from './failure.ts';
import { readTexts } from './host.ts';
import { has, type RunSpec } from './spec.ts';
import type { Surroundings } from './words.ts';
import type { Editor } from '../ui/editor.ts';
import { openShellInCopy } from '../shell/shell-in-copy.ts';
import { endingOf, offerToKeep, offerToMake } from './failed-start.ts';

export interface Start {
  readonly engine: Engine;
  readonly editor: Editor;
  readonly around: Surroundings;
  /** The container whose place it takes; it goes when the new one runs, and not before. */
  readonly replaces?: Container;
}

/** Its id; rejects with one sentence that says why not. */
export async function startContainer(spec: RunSpec, start: Start): Promise<string> {
  const files = await readTexts(filesOf(spec));
  await pullIfMissing(spec, start);
  const body = createBody(spec, { variables: start.around.variables, files });
  const old = start.replaces;
  if (old === undefined) return made(spec, body, start);
  const back = await setAside(start.engine, old);
  try {
    const id = await made(spec, body, start);
    await start.engine.remove(old.id, { force: true });
    return id;
  } catch (error) {
    await back();
    throw error;
  }
}

async function made(spec: RunSpec, body: object, start: Start): Promise<string> {
  const { engine, editor } = start;
  const id = await created(spec, body, start);
  try {
    await told(spec, engine, () => begun(id, spec, start));
    return id;
  } catch (error) {
    // It never ran, so nothing can have been written in it.
    await engine.remove(id, { force: true, volumes: true }).catch(() => undefined);
    if (!isConnectionError(error)) {
      void offerToMake(spec, { editor, again: (same) => leftAsItIs(same, start) });
    }
    throw error;
  }
}

async function created(spec: RunSpec, body: object, { engine }: Start): Promise<string> {
  const { name, platform } = spec.texts;
  const { id } = await told(spec, engine, () =>
    engine.create({ ...(name && { name }), ...(platform && { platform }), body }),
  );
  return id;
}

/** Made once more, and kept though it does not start: what the engine says of it can be looked at. */
async function leftAsItIs(spec: RunSpec, start: Start): Promise<void> {
  await saying(start.editor, async () => {
    const files = await readTexts(filesOf(spec));
    const body = createBody(spec, { variables: start.around.variables, files });
    const id = await created(spec, body, start);
    try {
      await told(spec, start.engine, () => start.engine.start(id));
    } catch (error) {
      await offerCopy({ id, name: spec.texts.name ?? spec.image }, error, start);
    }
  });
}

/** It does not start, so what is in it can only be looked at in a copy. */
async function offerCopy(
  original: { readonly id: string; readonly name: string },
  error: unknown,
  { engine, editor }: Start,
): Promise<void> {
  if (!(error instanceof Error) || isConnectionError(error)) throw error;
  const open = t('Open Shell in Copy…');
  if ((await editor.showWarning(error.message, open)) === open)
    await openShellInCopy(original, { engine, editor });
}

/** Long after the form is gone: what fails now is told by itself. */
async function saying(editor: Editor, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await editor.showWarning(error instanceof Error ? error.message : String(error));
  }
}

/** Attached before it starts, so that its first words are not lost. */
async function begun(id: string, spec: RunSpec, start: Start): Promise<void> {
  const { engine, editor } = start;
  if (has(spec, 'detach')) {
    if (has(spec, 'rm')) await watched(id, spec, start);
    else await engine.start(id);
    return;
  }
  const stream = await engine.attach(id, { tty: has(spec, 'tty') });
  try {
    await engine.start(id);
  } catch (error) {
    stream.close();
    throw error;
  }
  if (!has(spec, 'interactive')) stream.end();
  const shown = spec.texts.name ?? spec.image;
  editor.openTerminal(shown, has(spec, 'tty') ? stream : withLineEnds(stream), 'terminal');
}

/** In the background and removed when it ends: whoever fails at once would leave nothing to read. */
async function watched(id: string, spec: RunSpec, start: Start): Promise<void> {
  const { engine, editor } = start;
  const stream = await engine.attach(id, { tty: has(spec, 'tty') });
  const ending = endingOf(stream);
  try {
    await engine.start(id);
  } catch (error) {
    stream.close();
    throw error;
  }
  const again = (same: RunSpec) =>
    saying(editor, () => startContainer(same, { engine, editor, around: start.around }));
  void ending.then((found) => offerToKeep(spec, found, { editor, again }));
}

/** Without a terminal in the container, a line ends without going back to its beginning. */
function withLineEnds(stream: Duplex): Duplex {
  async function* output(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream.output) {
      yield Uint8Array.from(
        [...chunk].flatMap((byte) => (byte === newline ? [13, newline] : [byte])),
      );
    }
  }
  return { ...stream, output: output() };
}

const newline = 10;

async function told<T>(spec: RunSpec, engine: Engine, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isEngineError(error) || isConnectionError(error) || error.kind === 'cancelled')
      throw error;
    const containers = await engine.containers().catch(() => []);
    const { message } = failureOf(error.message, { spec, containers });
    const name = spec.texts.name ?? spec.image;
    throw new EngineError(error.kind, t('{0} does not run: {1}', name, message), error);
  }
}

async function pullIfMissing(spec: RunSpec, { engine, editor }: Start): Promise<void> {
  const { image, texts } = spec;
  const policy = texts.pull ?? 'missing';
  if (policy === 'never') return;
  const images = await engine.images();
  if (policy === 'missing' && images.some((one) => isNamed(one, image))) return;
  const reference = /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
  await editor.withProgress(t('Pulling {0}', reference), async (signal, report) => {
    for await (const { status, layer } of engine.pull(reference, signal)) {
      report(layer === undefined ? status : `${layer}: ${status}`);
    }
  });
}

/** Out of the way, with its name and its ports; what brings it back as it was. */
async function setAside(engine: Engine, old: Container): Promise<() => Promise<void>> {
  const ran = old.state === 'running' || old.state === 'paused' || old.state === 'restarting';
  const aside = `${old.name}.${old.id.slice(0, 6)}`;
  await engine.rename(old.id, aside);
  const back = async () => {
    await engine.rename(old.id, old.name);
    if (ran) await engine.start(old.id);
  };
  try {
    if (ran) await engine.stop(old.id);
  } catch (error) {
    await back();
    throw error;
  }
  return back;
}
