/** A process in a container, with both directions of its bytes. */
import type { Duplex as Socket } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import { unframed } from './containers.ts';
import { segment, type Wire } from './wire.ts';
import type { Duplex, ExecOptions } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { cancelled } from './engine-errors.ts';

export async function execIn(
  wire: Wire,
  id: string,
  argv: readonly string[],
  options: ExecOptions,
): Promise<Duplex> {
  const { Id } = await wire.json<{ readonly Id: string }>({
    method: 'POST',
    path: `/containers/${segment(id)}/exec`,
    body: {
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: options.tty,
      Cmd: argv,
      ...(options.user !== undefined && { User: options.user }),
      ...(options.workdir !== undefined && { WorkingDir: options.workdir }),
      ...(options.env && { Env: options.env }),
    },
  });
  const path = `/exec/${segment(Id)}`;
  const socket = await wire.hijack({
    method: 'POST',
    path: `${path}/start`,
    body: { Detach: false, Tty: options.tty },
  });
  return duplex(wire, path, socket, options.tty);
}

function duplex(wire: Wire, path: string, socket: Socket, tty: boolean): Duplex {
  let closed = false;
  const over = new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.once('end', resolve);
  });
  // The reader is told; without one, an error after the end would end the extension host.
  socket.on('error', () => undefined);
  const exit = over.then(() => exitCode(wire, path, () => closed));
  // Whoever does not ask how it ended must not be troubled by it.
  exit.catch(() => undefined);
  return {
    output: output(wire, socket, tty, () => closed),
    write: (data) => void socket.write(data),
    end: () => void socket.end(),
    resize: async (columns, rows) => {
      const query = { w: columns, h: rows };
      await wire.json({ method: 'POST', path: `${path}/resize`, query });
    },
    close: () => {
      if (closed) return;
      closed = true;
      // What was written is still sent.
      socket.end(() => socket.destroy());
      socket.resume();
    },
    exit,
  };
}

/** What the process says, at the reader's pace. */
export async function* output(
  wire: Wire,
  socket: Socket,
  tty: boolean,
  closed: () => boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = socket as AsyncIterable<Uint8Array>;
  try {
    yield* tty ? bytes : unframed(bytes);
  } catch (error) {
    if (!closed()) throw await wire.trouble(error);
  }
}

interface RawExec {
  readonly Running: boolean;
  readonly ExitCode: number | null;
}

/** Some engines end the stream shortly before they note the exit code. */
async function exitCode(wire: Wire, path: string, closed: () => boolean): Promise<number> {
  let runs = false;
  for (let wait = 10; wait < 3000; wait *= 2) {
    const raw = await wire.json<RawExec>({ method: 'GET', path: `${path}/json` });
    if (!raw.Running && raw.ExitCode !== null) return raw.ExitCode;
    runs = raw.Running;
    if (closed()) throw cancelled();
    await delay(wait, undefined, { ref: false });
  }
  // The connection was cut, or the process let go of its streams.
  const reason = runs
    ? t('The connection to the process has ended, but the process goes on')
    : t('The engine does not know the exit code');
  throw new EngineError('failed', reason);
}
