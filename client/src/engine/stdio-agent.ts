/** HTTP over the standard streams of a program: how the docker command line reaches an engine through ssh. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';

/** Each connection is a process of its own; it ends with the connection. */
export function stdioAgent(command: string, args: readonly string[]): Agent {
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, { createConnection: () => connection(command, args) });
}

/** The arguments of ssh for `docker system dial-stdio` on another machine. */
export function sshArguments(place: {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}): readonly string[] {
  return [
    ...(place.user === undefined ? [] : ['-l', place.user]),
    ...(place.port === undefined ? [] : ['-p', String(place.port)]),
    ...['-o', 'ConnectTimeout=30', '-T', '--'],
    ...[place.host, 'docker', 'system', 'dial-stdio'],
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
  wire(child, socket, command);
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

function wire(child: ChildProcessWithoutNullStreams, socket: Duplex, command: string): void {
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint = `${complaint}${data.toString()}`.slice(-4000);
  });
  child.stdout.on('data', (data: Buffer) => {
    if (!socket.push(data)) child.stdout.pause();
  });
  // A program that is gone cannot be written to; its end says why.
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => socket.destroy(new EngineError('unreachable', error.message)));
  child.on('close', (code) => {
    if (code === 0 || code === null) socket.push(null);
    else socket.destroy(new EngineError('unreachable', reason(command, code, complaint)));
  });
}

function reason(command: string, code: number, complaint: string): string {
  const text = complaint.trim();
  return text === '' ? t('{0} ended with exit code {1}', command, code) : text;
}
