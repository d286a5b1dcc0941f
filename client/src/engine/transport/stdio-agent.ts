/** HTTP over the standard streams of a program: how the docker command line reaches an engine through ssh. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { programTrouble } from './ssh-errors.ts';

/** Each connection is a process of its own; it ends with the connection. */
export function stdioAgent(command: string, args: readonly string[]): Agent {
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, { createConnection: () => connection(command, args) });
}

/** The arguments of ssh for `docker system dial-stdio` on another machine; it never waits for an answer. */
export function sshArguments(place: {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly socket?: string;
}): readonly string[] {
  return [
    ...(place.user === undefined ? [] : ['-l', place.user]),
    ...(place.port === undefined ? [] : ['-p', String(place.port)]),
    ...['-o', 'ConnectTimeout=30', '-o', 'BatchMode=yes', '-T', '--'],
    ...[place.host, 'docker'],
    ...(place.socket === undefined ? [] : ['--host', `unix://${place.socket}`]),
    ...['system', 'dial-stdio'],
  ];
}

/** Ends only once the program has: what it says of its failure comes after its output's end. */
function connection(command: string, args: readonly string[]): Duplex {
  // In a session of its own it has no terminal on which it could wait for a password.
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
  wire(child, socket, [command, ...args]);
  // What http asks of a network socket, and a pipe has not.
  const same = () => socket;
  return Object.assign(socket, {
    setKeepAlive: same,
    setNoDelay: same,
    setTimeout: same,
    ref: same,
    unref: same,
  });
}

function wire(
  child: ChildProcessWithoutNullStreams,
  socket: Duplex,
  argv: readonly string[],
): void {
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint = `${complaint}${data.toString()}`.slice(-4000);
  });
  child.stdout.on('data', (data: Buffer) => {
    if (!socket.push(data)) child.stdout.pause();
  });
  // A program that is gone cannot be written to; its end says why.
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => socket.destroy(programTrouble(argv, { complaint: error.message })));
  child.on('close', (code) => {
    if (code === 0 || code === null) socket.push(null);
    else socket.destroy(programTrouble(argv, { complaint, code }));
  });
}
