/** Creates and starts a container; a container that does not start is removed again. */
import { t } from '@vscode/l10n';
import type { NewContainer } from '../engine/container-requests.ts';
import type { Container, Engine } from '../engine/engine.ts';
import { EngineError, isConnectionError, isEngineError } from '../engine/errors.ts';
import { isNamed } from '../engine/image-reference.ts';
import { failureOf } from './failure.ts';
import { readTexts } from './host.ts';
import { filesOf, filesTrouble, newContainer } from './request.ts';
import { has, type RunSpec } from './spec.ts';
import type { LineContext } from '../command-line/words.ts';
import type { Editor } from '../ui/editor.ts';
import { openShellInCopy } from '../shell/shell-in-copy.ts';
import { offerCreate, offerLogs, offerRetry, waitForExit, type Exit } from './failed-start.ts';
import { showRun } from './run-terminal.ts';

export interface Start {
  readonly engine: Engine;
  readonly editor: Editor;
  readonly context: LineContext;
  /** The container to replace; it is removed once the new one is running. */
  readonly replaces?: Container;
}

/** Returns the id of the container. Rejects with the reason as one sentence. */
export async function startContainer(spec: RunSpec, start: Start): Promise<string> {
  const request = await requestOf(spec, start);
  await pullIfMissing(spec, start);
  const old = start.replaces;
  if (old === undefined) return createAndStart(spec, request, start);
  const restore = await setAside(start.engine, old);
  try {
    const id = await createAndStart(spec, request, start);
    await start.engine.remove(old.id, { force: true });
    return id;
  } catch (error) {
    await restore();
    throw error;
  }
}

/** Reads the files that the spec names. Rejects if docker would refuse their content. */
async function requestOf(spec: RunSpec, { context }: Start): Promise<NewContainer> {
  const files = await readTexts(filesOf(spec));
  const trouble = filesTrouble(spec, files);
  if (trouble !== undefined) throw new EngineError('failed', trouble);
  return newContainer(spec, { variables: context.variables, files });
}

async function createAndStart(spec: RunSpec, request: NewContainer, start: Start): Promise<string> {
  const { engine, editor } = start;
  const id = await create(spec, request, start);
  try {
    await withReason(spec, engine, () => startAttached(id, spec, start));
    return id;
  } catch (error) {
    // It never ran, so it contains no data.
    await engine.remove(id, { force: true, volumes: true }).catch(() => undefined);
    if (!isConnectionError(error)) {
      void offerCreate(spec, { editor, again: (changed) => createAndKeep(changed, start) });
    }
    throw error;
  }
}

async function create(spec: RunSpec, request: NewContainer, { engine }: Start): Promise<string> {
  const { id } = await withReason(spec, engine, () => engine.create(request));
  return id;
}

/** Creates the container and keeps it even if it does not start, so that it can be inspected. */
async function createAndKeep(spec: RunSpec, start: Start): Promise<void> {
  await showFailure(start.editor, async () => {
    const id = await create(spec, await requestOf(spec, start), start);
    try {
      await withReason(spec, start.engine, () => start.engine.start(id));
    } catch (error) {
      await offerCopy({ id, name: spec.texts.name ?? spec.image }, error, start);
    }
  });
}

/** Offers a shell in a copy, because the container itself does not start. */
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

/** Shows a failure as a notification, because the form is already closed. */
async function showFailure(editor: Editor, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await editor.showWarning(error instanceof Error ? error.message : String(error));
  }
}

/** Starts the container in a terminal, or in the background with --detach. */
async function startAttached(id: string, spec: RunSpec, start: Start): Promise<void> {
  if (has(spec, 'detach')) await startWatched(id, spec, start);
  else await showRun(id, spec, { ...start, create: async () => createAgain(spec, start) });
}

/** A new container with the same options, for a run that is repeated after its container was removed. */
async function createAgain(spec: RunSpec, start: Start): Promise<string> {
  return create(spec, await requestOf(spec, start), start);
}

/** Starts a container in the background, and reports an early exit, because nothing else shows its output. */
async function startWatched(id: string, spec: RunSpec, start: Start): Promise<void> {
  const { engine, editor } = start;
  const stream = await engine.attach(id, { tty: has(spec, 'tty') });
  const exit = waitForExit(stream);
  try {
    await engine.start(id);
  } catch (error) {
    stream.close();
    throw error;
  }
  const again = (changed: RunSpec) =>
    showFailure(editor, () => startContainer(changed, { engine, editor, context: start.context }));
  const report = (found: Exit): Promise<void> =>
    has(spec, 'rm')
      ? offerRetry(spec, found, { editor, again })
      : offerLogs(found, { engine, editor, id });
  void exit.then((found) => showFailure(editor, () => report(found)));
}

/** Rejects with the reason of the failure in plain words. */
async function withReason<T>(spec: RunSpec, engine: Engine, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isEngineError(error) || isConnectionError(error) || error.kind === 'cancelled')
      throw error;
    const containers = await engine.containers().catch(() => []);
    const { message } = failureOf(error.message, { spec, containers });
    const name = spec.texts.name ?? spec.image;
    throw new EngineError(error.kind, t('Could not run {0}: {1}', name, message), error);
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

/** Renames and stops the old container, which frees its name and ports. Returns what undoes that. */
async function setAside(engine: Engine, old: Container): Promise<() => Promise<void>> {
  const wasActive = old.state === 'running' || old.state === 'paused' || old.state === 'restarting';
  const aside = `${old.name}.${old.id.slice(0, 6)}`;
  await engine.rename(old.id, aside);
  const restore = async () => {
    await engine.rename(old.id, old.name);
    if (wasActive) await engine.start(old.id);
  };
  try {
    if (wasActive) await engine.stop(old.id);
  } catch (error) {
    await restore();
    throw error;
  }
  return restore;
}
