/** HTTP over the standard streams of a program: the way the docker CLI connects to an engine over SSH. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { sshError } from './ssh-errors.ts';

/** An agent that starts one process per connection; the process ends with the connection. */
export function stdioAgent(command: string, args: readonly string[]): Agent {
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, { createConnection: () => openConnection(command, args) });
}

/** The arguments of ssh for `docker system dial-stdio` on a remote host. `BatchMode` prevents prompts. */
export function sshArguments(endpoint: {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly socket?: string;
}): readonly string[] {
  return [
    ...(endpoint.user === undefined ? [] : ['-l', endpoint.user]),
    ...(endpoint.port === undefined ? [] : ['-p', String(endpoint.port)]),
    ...['-o', 'ConnectTimeout=30', '-o', 'BatchMode=yes', '-T', '--'],
    ...[endpoint.host, 'docker'],
    ...(endpoint.socket === undefined ? [] : ['--host', `unix://${endpoint.socket}`]),
    ...['system', 'dial-stdio'],
  ];
}

/** Ends only after the program has exited, because error messages can follow the end of its output. */
function openConnection(command: string, args: readonly string[]): Duplex {
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
  pipeProcess(child, socket, [command, ...args]);
  // Methods of a network socket that `http` calls and a pipe does not have.
  const returnSocket = () => socket;
  return Object.assign(socket, {
    setKeepAlive: returnSocket,
    setNoDelay: returnSocket,
    setTimeout: returnSocket,
    ref: returnSocket,
    unref: returnSocket,
  });
}

function pipeProcess(
  child: ChildProcessWithoutNullStreams,
  socket: Duplex,
  argv: readonly string[],
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
  child.on('error', (error) => socket.destroy(sshError(argv, { output: error.message })));
  child.on('close', (code) => {
    if (code === 0 || code === null) socket.push(null);
    else socket.destroy(sshError(argv, { output, code }));
  });
}
