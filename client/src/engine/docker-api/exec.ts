/** Processes in containers, with their byte streams in both directions. */
import type { Duplex as Socket } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import { flag, number, object, text } from './json-readers.ts';
import { demultiplex } from './log-frames.ts';
import { requestDone, requestJson } from './requests.ts';
import { segment } from './request.ts';
import type { Wire } from './wire.ts';
import type { Duplex, ExecOptions } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { cancelledError } from './engine-errors.ts';

export async function execIn(
  wire: Wire,
  id: string,
  argv: readonly string[],
  options: ExecOptions,
): Promise<Duplex> {
  const request = {
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
      ...(options.privileged === true && { Privileged: true }),
      ...(options.detachKeys !== undefined && { DetachKeys: options.detachKeys }),
    },
  } as const;
  const { Id } = await requestJson(wire, request, object<RawId>({ Id: text }, 'Id'));
  const path = `/exec/${segment(Id)}`;
  const { size } = options;
  const socket = await wire.hijack({
    method: 'POST',
    path: `${path}/start`,
    body: {
      Detach: false,
      Tty: options.tty,
      // Refused for a process without a terminal.
      ...(options.tty && size !== undefined && { ConsoleSize: [size.rows, size.columns] }),
    },
  });
  return toDuplex(wire, path, socket, options.tty);
}

interface RawId {
  readonly Id: string;
}

function toDuplex(wire: Wire, path: string, socket: Socket, tty: boolean): Duplex {
  let closed = false;
  const streamEnd = new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.once('end', resolve);
  });
  // The reader gets the error. Without a listener, an error after the end would crash the extension host.
  socket.on('error', () => undefined);
  const exit = streamEnd.then(() => exitCode(wire, path, () => closed));
  // A caller that does not read the exit code must not cause an unhandled rejection.
  exit.catch(() => undefined);
  return {
    output: readOutput(wire, socket, tty, () => closed),
    write: (data) => void socket.write(data),
    drained: async () => {
      if (!socket.writableNeedDrain) return;
      await Promise.race([streamEnd, new Promise((resolve) => socket.once('drain', resolve))]);
    },
    end: () => void socket.end(),
    resize: async (columns, rows) => {
      const query = { w: columns, h: rows };
      await requestDone(wire, { method: 'POST', path: `${path}/resize`, query });
    },
    close: () => {
      if (closed) return;
      closed = true;
      // Sends buffered data first.
      socket.end(() => socket.destroy());
      socket.resume();
    },
    exit,
  };
}

/** The output of a process, read only as fast as the reader does. */
export async function* readOutput(
  wire: Wire,
  socket: Socket,
  tty: boolean,
  closed: () => boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = socket as AsyncIterable<Uint8Array>;
  try {
    yield* tty ? bytes : demultiplex(bytes);
  } catch (error) {
    if (!closed()) throw await wire.toError(error);
  }
}

interface RawExec {
  readonly Running: boolean;
  /** Absent while it runs. */
  readonly ExitCode?: number;
}

const rawExec = object<RawExec>({ Running: flag, ExitCode: number }, 'Running');

/** Polls for the exit code: some engines close the stream shortly before they record it. */
async function exitCode(wire: Wire, path: string, closed: () => boolean): Promise<number> {
  let running = false;
  for (let wait = 10; wait < 3000; wait *= 2) {
    const raw = await requestJson(wire, { method: 'GET', path: `${path}/json` }, rawExec);
    if (!raw.Running && raw.ExitCode !== undefined) return raw.ExitCode;
    running = raw.Running;
    if (closed()) throw cancelledError();
    await delay(wait, undefined, { ref: false });
  }
  // The connection was lost, or the process closed its streams.
  const reason = running
    ? t('The connection to the process was lost, but the process is still running')
    : t('The engine did not report an exit code');
  throw new EngineError('failed', reason);
}
