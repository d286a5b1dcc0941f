/** The terminal of a container that is run in the foreground. Its output stays until the user closes the terminal. */
import type { Duplex, Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { attachedStream } from '../shell/attached-process.ts';
import { interruptAndClose } from '../shell/interrupt.ts';
import type { Editor } from '../ui/editor.ts';
import { has, type RunSpec } from './spec.ts';

export interface RunOptions {
  readonly engine: Engine;
  readonly editor: Editor;
  /** Creates the container again; resolves to its id. */
  readonly create: () => Promise<string>;
}

/** Attaches before it starts the container, so that no output is lost. Rejects if the container does not start. */
export async function showRun(id: string, spec: RunSpec, options: RunOptions): Promise<void> {
  const { engine, editor, create } = options;
  let current = id;
  const start = (): Promise<Duplex> => startIn(current, spec, engine);
  // A process with a terminal must know its size from the start; without one, a failure need not open a terminal.
  let first = has(spec, 'tty') ? undefined : await start();
  let isFirst = true;
  await editor.openTerminal({
    name: spec.texts.name ?? spec.image,
    start: async () => {
      const begun = first;
      first = undefined;
      if (!isFirst && !(await remains(current, spec, engine))) current = await create();
      isFirst = false;
      return begun ?? start();
    },
  });
}

/** Whether the container can be started again; one with --rm is being removed when its output ends. */
async function remains(id: string, spec: RunSpec, engine: Engine): Promise<boolean> {
  if (!has(spec, 'rm')) return exists(engine, id);
  for (let wait = 10; wait < 5_000 && (await exists(engine, id)); wait *= 2)
    await new Promise((resolve) => setTimeout(resolve, wait));
  return false;
}

async function exists(engine: Engine, id: string): Promise<boolean> {
  try {
    await engine.inspect('container', id);
    return true;
  } catch (error) {
    if (isEngineError(error) && error.kind === 'missing') return false;
    throw error;
  }
}

async function startIn(id: string, spec: RunSpec, engine: Engine): Promise<Duplex> {
  const tty = has(spec, 'tty');
  const stream = await engine.attach(id, { tty });
  try {
    await engine.start(id);
  } catch (error) {
    stream.close();
    throw error;
  }
  if (!has(spec, 'interactive')) stream.end();
  if (tty) return { ...stream, close: () => interruptAndClose(stream) };
  const shown = attachedStream(stream, { tty, endsInput: false });
  return { ...shown, write: (keys) => type(keys, { id, spec, engine, shown }) };
}

interface Typing {
  readonly id: string;
  readonly spec: RunSpec;
  readonly engine: Engine;
  readonly shown: Duplex;
}

/** Ctrl+C stops the container; without a terminal, the process does not receive it. Other keys are its input, if it has one. */
function type(keys: Uint8Array, { id, spec, engine, shown }: Typing): void {
  if (keys.length === 1 && keys[0] === interrupt) engine.stop(id).catch(() => undefined);
  else if (has(spec, 'interactive')) shown.write(keys);
}

const interrupt = 3;
