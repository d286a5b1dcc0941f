/** The standard streams of a program as one stream in both directions. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';

/** How the program that carried the connection ended. */
export interface ProgramExit {
  /** What it wrote to standard error, or why it did not start. */
  readonly output: string;
  readonly code?: number;
}

/**
 * Starts the program, which ends with the stream. The stream ends only after the program has exited, because error messages
 * can follow the end of its output; `toError` is called if it failed.
 */
export function openProgram(
  [command = '', ...args]: readonly string[],
  toError: (exit: ProgramExit) => Error,
): Duplex {
  // In a separate session it has no terminal, so it cannot prompt for a password.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { stdio: 'pipe', windowsHide: true, detached });
  const socket = new Duplex({
    allowHalfOpen: true,
    read: () => child.stdout.resume(),
    write: (chunk, _encoding, done) => {
      if (child.stdin.write(chunk)) done();
      else child.stdin.once('drain', done);
    },
    final: (done) => child.stdin.end(done),
    destroy: (error, done) => {
      child.kill();
      done(error);
    },
  });
  pipeProcess(child, socket, toError);
  return socket;
}

function pipeProcess(
  child: ChildProcessWithoutNullStreams,
  socket: Duplex,
  toError: (exit: ProgramExit) => Error,
): void {
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output = `${output}${data.toString()}`.slice(-4000);
  });
  child.stdout.on('data', (data: Buffer) => {
    if (!socket.push(data)) child.stdout.pause();
  });
  // Writing to a program that has ended fails; the `close` event reports why it ended.
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => socket.destroy(toError({ output: error.message })));
  child.on('close', (code) => {
    if (code === 0 || code === null) socket.push(null);
    else socket.destroy(toError({ output, code }));
  });
}
